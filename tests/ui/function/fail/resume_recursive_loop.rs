use skylift::prelude::*;

#[function(resume = queue, recursive_loop = terminate)]
async fn stops_half_way(cursor: Resume<u32>) -> Result<Progress<u32, ()>, Error> {
    Ok(Progress::Continue(cursor.unwrap_or(1)))
}

fn main() {}
