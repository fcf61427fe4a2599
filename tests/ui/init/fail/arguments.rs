use skylift::prelude::*;

#[init(once = true)]
async fn with_arguments() -> Result<u32, Error> {
    Ok(3)
}

fn main() {}
