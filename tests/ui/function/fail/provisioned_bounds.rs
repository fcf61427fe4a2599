use skylift::prelude::*;

#[function(provisioned_concurrency(max = 10))]
async fn without_min() -> Result<(), Error> {
    Ok(())
}

#[function(provisioned_concurrency(min = 0, max = 10))]
async fn from_none_on() -> Result<(), Error> {
    Ok(())
}

#[function(provisioned_concurrency(min = 5, max = 4))]
async fn less_than_min() -> Result<(), Error> {
    Ok(())
}

#[function(provisioned_concurrency(min = 1, max = 4, schedule(at = "rate(1 day)", min = 5, max = 3)))]
async fn later_less_than_min() -> Result<(), Error> {
    Ok(())
}

#[function(provisioned_concurrency(min = 1, maximum = 4))]
async fn an_unknown_bound() -> Result<(), Error> {
    Ok(())
}

#[function(provisioned_concurrency = "2")]
async fn text_provisioned() -> Result<(), Error> {
    Ok(())
}

#[function(provisioned_concurrency(2))]
async fn number_in_parentheses() -> Result<(), Error> {
    Ok(())
}

fn main() {}
