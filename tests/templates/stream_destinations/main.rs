use skylift::prelude::*;

#[resource(stream)]
pub struct Clicks;

#[resource(table(key = "id", stream = keys))]
pub struct Orders;

#[resource(bucket)]
pub struct Lost;

#[resource(topic(existing = "news"))]
pub struct News;

/// Sends failed records to a bucket that notifies this function: the bucket depends on the function, and
/// the event source mapping on both.
#[function(
    trigger = kinesis(stream = Clicks, retries = 2, on_failure = Lost),
    trigger = dynamodb(table = Orders, retries = 2, on_failure = Lost),
    trigger = s3(bucket = Lost),
)]
async fn circle(event: Anything) -> Result<(), Error> {
    match event {
        Anything::Clicks(event) => println!("{}", event.records.len()),
        Anything::Orders(event) => println!("{}", event.records.len()),
        Anything::Lost(event) => println!("{}", event.records.len()),
    }
    Ok(())
}

#[derive(Event)]
enum Anything {
    Clicks(KinesisEvent),
    Orders(DynamoDbEvent),
    Lost(S3Event),
}

#[function(trigger = kinesis(stream = Clicks, retries = 0, on_failure = News))]
async fn to_existing(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kinesis(stream = Clicks, retries = 0, on_failure = "arn:aws:sqs:eu-west-1:123456789012:lost"))]
async fn to_arn(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kinesis(stream = Clicks, retries = 0, on_failure = param("Destination")))]
async fn to_param(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

skylift::main!();
