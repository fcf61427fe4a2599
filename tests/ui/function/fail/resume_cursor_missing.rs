use skylift::prelude::*;

#[function(resume = queue)]
async fn takes_no_cursor(count: u32) -> Result<Progress<u32, ()>, Error> {
    Ok(Progress::Continue(count))
}

fn main() {}
