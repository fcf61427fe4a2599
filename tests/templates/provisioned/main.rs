use skylift::prelude::*;

/// Is invoked by a bucket.
#[function(trigger = s3, provisioned_concurrency = 1)]
async fn object(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = http("GET /page"), provisioned_concurrency = 2, reserved_concurrency = 5, keep_warm = "rate(5 minutes)")]
async fn page() -> &'static str {
    "page"
}

#[function(trigger = sqs, provisioned_concurrency = 3)]
async fn message(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = s3(bucket = "archive-of-acme"), provisioned_concurrency = 4)]
async fn archived(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

skylift::main!();
