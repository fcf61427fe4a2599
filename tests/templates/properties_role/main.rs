use skylift::prelude::*;

/// What SAM would have made of these for the role of its own making.
#[function(
    properties = {
        "DeadLetterQueue": { "Type": "SQS", "TargetArn": "arn:aws:sqs:eu-west-1:123456789012:failed" },
        "PermissionsBoundary": "arn:aws:iam::123456789012:policy/boundary",
        "RolePath": "/app/",
    },
)]
async fn bounded() -> Result<(), Error> {
    Ok(())
}

/// A role of the user's own.
#[function(properties = { "Role": "arn:aws:iam::123456789012:role/app" })]
async fn own() -> Result<(), Error> {
    Ok(())
}

skylift::main!();
