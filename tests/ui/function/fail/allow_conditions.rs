use skylift::prelude::*;

#[function(allow(
    actions = "s3:GetObject",
    resources = "*",
    conditions = { "StringEqual": { "aws:PrincipalTag/team": "media" } },
))]
async fn operator_misspelt() -> Result<(), Error> {
    Ok(())
}

#[function(allow(
    actions = "s3:GetObject",
    resources = "*",
    conditions = { "Bool": { "aws:SecureTransprt": true } },
))]
async fn key_misspelt() -> Result<(), Error> {
    Ok(())
}

#[function(allow(
    actions = "s3:GetObject",
    resources = "*",
    conditions = { "StringEquals": { "dynamodb:LeadingKeys": "a" } },
))]
async fn key_of_another_service() -> Result<(), Error> {
    Ok(())
}

#[function(allow(
    actions = "s3:GetObject",
    resources = "*",
    conditions = { "IpAddress": { "aws:SourceIp": "10.0.0.300" } },
))]
async fn no_address() -> Result<(), Error> {
    Ok(())
}

#[function(allow(actions = "s3:GetObject", resources = "*", condition = { "Bool": {} }))]
async fn word_of_iam() -> Result<(), Error> {
    Ok(())
}

fn main() {}
