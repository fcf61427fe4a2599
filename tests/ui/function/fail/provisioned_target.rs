use skylift::prelude::*;

#[function(provisioned_concurrency(min = 1, max = 10, target = 70))]
async fn in_percent() -> Result<(), Error> {
    Ok(())
}

#[function(provisioned_concurrency(min = 1, max = 10, target = 0.95))]
async fn nearly_all() -> Result<(), Error> {
    Ok(())
}

#[function(provisioned_concurrency(min = 1, max = 10, target = "0.7"))]
async fn a_text() -> Result<(), Error> {
    Ok(())
}

#[function(provisioned_concurrency(min = 2, target = 0.7))]
async fn nothing_to_decide() -> Result<(), Error> {
    Ok(())
}

fn main() {}
