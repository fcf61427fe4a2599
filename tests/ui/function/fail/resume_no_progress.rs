use skylift::prelude::*;

#[function(resume = queue)]
async fn makes_no_progress(cursor: Resume<u32>) -> Result<u32, Error> {
    Ok(cursor.unwrap_or(1))
}

fn main() {}
