use skylift::prelude::*;

#[function(log_retention = 31)]
async fn logs_of_31_days() -> Result<(), Error> {
    Ok(())
}

fn main() {}
