//! A struct may have the same name as the generated id of a bare trigger's bucket.

use skylift::prelude::*;

#[resource(queue(id = "Jobs"))]
pub struct ThumbnailBucket;

#[function(trigger = s3, env(JOBS = ThumbnailBucket))]
async fn thumbnail(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = sqs(queue = self::ThumbnailBucket))]
async fn work(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
