use skylift::prelude::*;

#[function(allow(
    actions = "s3:GetObject",
    resources = "*",
    conditions = { "ArnEquals": { "aws:SourceArn": ["${Nothing.Arn}"] } },
))]
async fn condition_to_nothing() -> Result<(), Error> {
    Ok(())
}

fn main() {}
