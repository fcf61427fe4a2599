use skylift::prelude::*;

#[resource(queue)]
pub struct Slow;

#[resource(queue)]
pub struct Quick;

#[function(trigger = sqs(queue = Slow, batch_concurrency = 1), trigger = sqs(queue = Quick, batch_concurrency = 5))]
async fn two_bounds(message: SqsMessage) -> Result<(), Error> {
    println!("{:?}", message.body);
    Ok(())
}

#[function(trigger = sqs(batch_concurrency = 1_001))]
async fn unbounded(message: SqsMessage) -> Result<(), Error> {
    println!("{:?}", message.body);
    Ok(())
}

#[function(trigger = sqs(batch_concurrency = 1))]
async fn whole_batch(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
