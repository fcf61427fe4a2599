use skylift::prelude::*;

#[resource(queue)]
struct Failed;

#[function(
    retries = 1,
    log_level = debug,
    properties = {
        "EventInvokeConfig": {
            "DestinationConfig": {
                "OnFailure": { "Type": "SQS", "Destination": { "Fn::GetAtt": ["Failed", "Arn"] } },
                "OnSuccess": { "Type": "SNS" },
            },
        },
        "LoggingConfig": { "LogGroup": "/shop/orders" },
    },
)]
async fn order() -> Result<(), Error> {
    Ok(())
}

#[function(
    properties = {
        "EventInvokeConfig": {
            "DestinationConfig": {
                "OnFailure": { "Type": "S3Bucket", "Destination": { "Fn::ImportValue": "failed-Bucket" } },
            },
        },
    },
)]
async fn pay() -> Result<(), Error> {
    Ok(())
}

skylift::main!();
