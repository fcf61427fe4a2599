use skylift::prelude::*;

#[function("rate(5 minutes)")]
async fn expression_alone() -> Result<(), Error> {
    Ok(())
}

fn main() {}
