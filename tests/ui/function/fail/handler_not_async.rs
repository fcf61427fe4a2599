use skylift::prelude::*;

#[function]
fn not_async() -> Result<(), Error> {
    Ok(())
}

fn main() {}
