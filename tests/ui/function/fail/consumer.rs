use skylift::prelude::*;

#[resource(stream)]
pub struct Scrolls;

#[function(trigger = kinesis(stream = Scrolls, consumer = Fast))]
async fn consumer_by_path(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kinesis(stream = Scrolls, consumer = "arn:aws:kinesis:eu-west-1:123456789012:stream/scrolls"))]
async fn consumer_that_is_a_stream(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kinesis(stream = Scrolls, consumer = "arn:aws:kinesis:eu-west-1:123456789012:stream/scrolls/consumer/fast:1700000000"))]
async fn consumer_of_a_stream_to_come(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kinesis(stream = "swipes", consumer = "arn:aws:kinesis:eu-west-1:123456789012:stream/scrolls/consumer/fast:1700000000", start = latest))]
async fn consumer_of_another_stream(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
