use skylift::prelude::*;

#[function(env(AWS_REGION = "eu-west-1"))]
async fn sets_the_region() -> Result<(), Error> {
    Ok(())
}

#[function(env(_HANDLER = "other"))]
async fn sets_the_handler() -> Result<(), Error> {
    Ok(())
}

#[function(env(A = "1"))]
async fn sets_one_letter() -> Result<(), Error> {
    Ok(())
}

fn main() {}
