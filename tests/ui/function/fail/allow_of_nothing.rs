use skylift::prelude::*;

#[resource(queue)]
pub struct AllowedPallets;

#[function(allow(actions = ["sfn:StartExecution", "secrets:GetSecretValue"], resources = ["*"]))]
async fn allowed_by_sdk_names() -> Result<(), Error> {
    Ok(())
}

#[function(allow(actions = ["s3:ListBucket", "s3:GetObject"], resources = ["arn:aws:s3:::acme"]))]
async fn allowed_objects() -> Result<(), Error> {
    Ok(())
}

#[function(allow(actions = ["dynamodb:GetItem"], resources = ["arn:aws:dynamo:*:*:table/a", "arn:aws:dynamodb:us-est-1:*:table/a"]))]
async fn allowed_misspelt() -> Result<(), Error> {
    Ok(())
}

#[function(allow(actions = ["s3:GetObject"], resources = [AllowedPallets]))]
async fn allowed_for_a_queue() -> Result<(), Error> {
    Ok(())
}

#[function(allow(actions = ["s3:GetObject"], resources = ["arn:aws:s3:::home/${aws:usrname}/*"]))]
async fn allowed_by_variable() -> Result<(), Error> {
    Ok(())
}

fn main() {}
