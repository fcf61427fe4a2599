use serde::Serialize;
use skylift::prelude::*;

#[function]
async fn counts() -> Result<impl Serialize, Error> {
    Ok(1)
}

#[function]
async fn asks(counts: Invoker<counts>) -> Result<(), Error> {
    drop(counts);
    Ok(())
}

fn main() {}
