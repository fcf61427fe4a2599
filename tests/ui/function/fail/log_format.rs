use skylift::prelude::*;

#[function(log_format = jsonl)]
async fn lines_of_json() -> Result<(), Error> {
    Ok(())
}

#[function(log_level = loud)]
async fn shouts() -> Result<(), Error> {
    Ok(())
}

#[function(system_log_level = trace)]
async fn wants_more_than_lambda_has() -> Result<(), Error> {
    Ok(())
}

fn main() {}
