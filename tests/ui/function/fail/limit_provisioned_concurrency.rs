use skylift::prelude::*;

#[function(provisioned_concurrency = 0)]
async fn nothing_provisioned() -> Result<(), Error> {
    Ok(())
}

#[function(reserved_concurrency = 1, provisioned_concurrency = 2)]
async fn more_provisioned_than_reserved() -> Result<(), Error> {
    Ok(())
}

#[function(reserved_concurrency = 0.5)]
async fn half_a_function() -> Result<(), Error> {
    Ok(())
}

fn main() {}
