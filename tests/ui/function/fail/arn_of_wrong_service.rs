use skylift::prelude::*;

#[function(trigger = s3(bucket = "arn:aws:sqs:eu-west-1:123456789012:jobs"))]
async fn bucket_by_queue_arn(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = sqs(queue = "arn:aws:s3:::uploads"))]
async fn queue_by_bucket_arn(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
