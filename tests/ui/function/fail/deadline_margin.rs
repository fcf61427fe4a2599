use skylift::prelude::*;

#[function(timeout = "5s", deadline_margin = "5s")]
async fn no_time_to_work() -> Result<(), Error> {
    Ok(())
}

#[function(deadline_margin = 2)]
async fn margin_is_no_number() -> Result<(), Error> {
    Ok(())
}

#[function(deadline_margin = "0s")]
async fn no_time_to_report() -> Result<(), Error> {
    Ok(())
}

fn main() {}
