use skylift::prelude::*;

#[resource(stream)]
pub struct Swipes;

#[resource(queue(fifo))]
pub struct FailedInOrder;

#[function(trigger = kinesis(stream = Swipes, on_failure = Swipes))]
async fn fails_to_a_stream(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kinesis(stream = Swipes, on_failure = FailedInOrder))]
async fn fails_in_order(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kinesis(stream = Swipes, on_failure = Nowhere))]
async fn fails_to_nowhere(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kinesis(stream = Swipes, on_failure = "lost"))]
async fn fails_to_a_name(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kinesis(stream = Swipes, on_failure = "arn:aws:sqs:eu-west-1:123456789012:lost.fifo"))]
async fn fails_to_an_arn_in_order(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kinesis(stream = Swipes, on_failure = "arn:aws:sqs:eu-west-1:12:a/b c"))]
async fn fails_to_no_arn(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
