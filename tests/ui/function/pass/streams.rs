//! Streams of every origin, with failure destinations.

use skylift::prelude::*;

#[resource(stream)]
pub struct PassingClicks;

#[resource(table(key = "id", stream = new_and_old))]
pub struct PassingOrders;

#[resource(queue)]
pub struct PassingLost;

#[function(
    trigger = kinesis(stream = PassingClicks, consumer, on_failure = PassingLost, retries = 3),
    trigger = dynamodb(table = PassingOrders, on_failure = PassingLost, bisect),
    trigger = sqs(queue = PassingLost, batch_concurrency = 1),
)]
async fn passing(event: Passing) -> Result<(), Error> {
    match event {
        Passing::Clicks(event) => println!("{}", event.records.len()),
        Passing::Orders(event) => println!("{}", event.records.len()),
        Passing::Lost(message) => println!("{:?}", message.body),
    }
    Ok(())
}

#[derive(Event)]
enum Passing {
    Clicks(KinesisEvent),
    Orders(DynamoDbEvent),
    Lost(SqsMessage),
}

fn main() {}
