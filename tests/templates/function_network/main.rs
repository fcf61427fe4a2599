//% [package.metadata.skylift]
//% overlay = "overlay.yaml"
//% vpc = { subnets = { param = "Subnets" }, security_groups = [{ overlay = ["Group", "GroupId"] }] }
//% permissions_boundary = "arn:aws:iam::${AWS::AccountId}:policy/Limit"

use skylift::prelude::*;

#[resource(queue)]
pub struct Lost;

#[resource(bucket)]
pub struct Failed;

#[resource(bus)]
pub struct Shop;

#[function]
async fn notify() -> Result<(), Error> {
    Ok(())
}

#[function(
    schedule = "rate(1 hour)",
    layers = ["arn:aws:lambda:${AWS::Region}:123456789012:layer:tools:3", param("Extension")],
    file_system(access_point = overlay("Files", "Arn"), path = "/mnt/data"),
    kms_key = param("Key"),
    code_signing = param("Signing"),
    role_path = "/app/",
    on_success = notify,
    on_failure = Failed,
    dead_letters = Lost,
    retries = 1,
)]
async fn report() -> Result<(), Error> {
    Ok(())
}

#[function(vpc = none, on_success = Shop, on_failure = "arn:aws:sns:eu-west-1:123456789012:alarms")]
async fn outside() -> Result<(), Error> {
    Ok(())
}

skylift::main!();
