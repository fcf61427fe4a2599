use skylift::prelude::*;

#[function(reserved_concurrency = 2, keep_warm(every = "5 minutes", instances = 3))]
async fn more_warm_than_reserved() -> Result<(), Error> {
    Ok(())
}

#[function(reserved_concurrency = 0, keep_warm(every = "5 minutes", instances = 3))]
async fn stopped() -> Result<(), Error> {
    Ok(())
}

fn main() {}
