use skylift::prelude::*;

/// SAM makes resources of these.
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

/// SAM knows the alias and the queue of `order` by names of its own.
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
