use skylift::prelude::*;

#[resource(stream)]
pub struct Clicks;

/// Has a consumer of the stream that its trigger creates.
#[function(trigger = kinesis(consumer))]
async fn alone(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

/// Has a consumer of a stream that other functions also read, and an existing consumer.
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
