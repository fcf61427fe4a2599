use skylift::prelude::*;

#[function(properties = { "VpcConfg": {} })]
async fn property(_event: u32) -> Result<(), Error> {
    Ok(())
}

#[function(properties = { "FunctionUrlConfig": { "AuthTyp": "NONE" } })]
async fn part_of_a_property(_event: u32) -> Result<(), Error> {
    Ok(())
}

#[function(properties = { "Layers": "arn:aws:lambda:eu-west-1:123456789012:layer:a:1" })]
async fn form_of_a_property(_event: u32) -> Result<(), Error> {
    Ok(())
}

#[function(policy = ["AmazonS3ReadOnlyAccess", "AmazonS3ReadOnly"])]
async fn managed_policy(_event: u32) -> Result<(), Error> {
    Ok(())
}

#[function(policy = "S3ReadPolicy")]
async fn policy_template(_event: u32) -> Result<(), Error> {
    Ok(())
}

#[function(policy = "arn:aws:iam:policy/X")]
async fn policy_arn(_event: u32) -> Result<(), Error> {
    Ok(())
}

#[function(allow(actions = ["s3:GetObjct", "s3:PutObject"], resources = ["*"]))]
async fn action(_event: u32) -> Result<(), Error> {
    Ok(())
}

#[function(env(A1 = ssm("my param"), B1 = import("my export!")))]
async fn deployment_values(_event: u32) -> Result<(), Error> {
    Ok(())
}

skylift::main!();
