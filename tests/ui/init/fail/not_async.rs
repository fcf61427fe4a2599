use skylift::prelude::*;

#[init]
fn starts_at_once() -> Result<i8, Error> {
    Ok(5)
}

fn main() {}
