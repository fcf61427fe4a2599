use skylift::prelude::*;

/// Has properties for which SAM creates resources.
#[function(
    provisioned_concurrency = 1,
    retries = 1,
    tags(team = "shop"),
    properties = {
        "DeploymentPreference": { "Type": "Canary10Percent5Minutes" },
        "EventInvokeConfig": { "DestinationConfig": { "OnFailure": { "Type": "SQS" } } },
        "FunctionUrlConfig": { "AuthType": "AWS_IAM", "Cors": { "AllowOrigins": ["https://example.com"] } },
        "PropagateTags": true,
    },
)]
async fn order() -> Result<(), Error> {
    Ok(())
}

/// Refers to the alias and the queue of `order` by their names in SAM.
#[function(
    properties = {
        "DeadLetterQueue": { "Type": "SQS", "TargetArn": { "Fn::GetAtt": ["Order.DestinationQueue", "Arn"] } },
        "EventInvokeConfig": {
            "DestinationConfig": { "OnSuccess": { "Type": "Lambda", "Destination": { "Ref": "Order.Alias" } } },
        },
    },
)]
async fn check() -> Result<(), Error> {
    Ok(())
}

skylift::main!();
