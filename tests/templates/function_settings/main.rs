use skylift::prelude::*;

/// Has a description from its doc comment,
/// of which the first paragraph counts.
///
/// This is for readers of the source.
#[function(
    memory = 512,
    timeout = "15m",
    architecture = x86_64,
    ephemeral_storage = 10_240,
    reserved_concurrency = 0,
    retries = 0,
    max_event_age = "6h",
    env(LOG = "info", COUNT = 3, RATIO = 0.5, ON = true, TABLE = param("TableName"), KEY = ssm("/app/key"), SUBNET = import("network-Subnet")),
    log_retention = 3_653,
    policy = "AWSXRayDaemonWriteAccess",
    policy = ["AmazonS3ReadOnlyAccess", "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess"],
    allow(actions = ["ses:SendEmail", "ses:SendRawEmail"], resources = ["*"]),
    allow(actions = ["dynamodb:GetItem"], resources = ["arn:aws:dynamodb:eu-west-1:123456789012:table/orders"]),
    name = "report-of-acme",
    id = "Report",
    tags(team = "media", "cost-center" = "4711"),
)]
async fn writes_report() -> Result<(), Error> {
    Ok(())
}

#[function(description = "Says what it is for")]
async fn described() -> Result<(), Error> {
    Ok(())
}

skylift::main!();
