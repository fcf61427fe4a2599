use skylift::prelude::*;

#[resource(stream)]
pub struct Clicks;

/// A consumer on the stream that the function brings.
#[function(trigger = kinesis(consumer))]
async fn alone(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

/// A consumer on a stream that others read as well, and one that exists.
#[function(
    trigger = kinesis(stream = Clicks, consumer),
    trigger = kinesis(
        stream = "arn:aws:kinesis:eu-west-1:123456789012:stream/taps/consumer/fast:1700000000",
        start = latest,
    ),
)]
async fn fast(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kinesis(stream = Clicks, consumer = param("Consumer")))]
async fn by_param(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

skylift::main!();
