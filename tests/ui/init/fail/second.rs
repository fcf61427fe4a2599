use skylift::prelude::*;

#[init]
async fn opens() -> Result<u8, Error> {
    Ok(1)
}

#[init]
async fn opens_again() -> Result<u16, Error> {
    Ok(2)
}

fn main() {}
