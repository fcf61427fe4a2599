use skylift::prelude::*;

#[function(allow(resources = ["*"]))]
async fn allow_without_actions() -> Result<(), Error> {
    Ok(())
}

#[function(allow(actions = ["ses:SendEmail"]))]
async fn allow_without_resources() -> Result<(), Error> {
    Ok(())
}

#[function(allow(actions = ["SendEmail"], resources = ["*"]))]
async fn action_without_service() -> Result<(), Error> {
    Ok(())
}

#[function(allow(actions = ["ses:SendEmail"], resources = ["my-bucket"]))]
async fn no_arn() -> Result<(), Error> {
    Ok(())
}

#[function(allow = "ses:SendEmail")]
async fn allow_as_text() -> Result<(), Error> {
    Ok(())
}

fn main() {}
