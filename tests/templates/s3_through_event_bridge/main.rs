use skylift::prelude::*;

#[resource(bucket)]
pub struct Uploads;

/// Gets every created object. Other functions get them too.
#[function(trigger = s3(bucket = Uploads, through = event_bridge))]
async fn index(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

/// Writes to the bucket whose events it gets, outside of the prefix.
#[function(
    trigger = s3(
        bucket = Uploads,
        events = ["ObjectCreated:*", "ObjectRemoved:Delete"],
        prefix = "in/",
        suffix = ".jpg",
        through = event_bridge,
    ),
    provisioned_concurrency = 1,
)]
async fn resize(record: S3EventRecord, _uploads: Writer<Uploads>) -> Result<(), Error> {
    println!("{:?}", record.s3.object.url_decoded_key);
    Ok(())
}

/// Is notified by the bucket itself.
#[function(trigger = s3(bucket = Uploads))]
async fn scan(record: S3EventRecord) -> Result<(), Error> {
    println!("{:?}", record.s3.object.url_decoded_key);
    Ok(())
}

/// Has a bucket of its own.
#[function(trigger = s3(through = event_bridge))]
async fn keep(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

skylift::main!();
