use skylift::event::KafkaEventResponse;
use skylift::prelude::*;

#[function(
    trigger = msk(cluster = param("Cluster"), topic = "orders", start = latest, pollers(min = 1)),
    trigger = kafka(servers = "a:9092", topic = "orders", start = latest, auth = iam, pollers(max = 2)),
)]
async fn both(event: KafkaEvent) -> Result<KafkaEventResponse, Error> {
    println!("{}", event.records.len());
    Ok(KafkaEventResponse::default())
}

#[derive(Event)]
enum Anything {
    Record(KafkaRecord<Option<u32>>),
    Message(Message<u32>),
}

#[resource(queue(message = u32))]
pub struct NumbersOfQueue;

#[function(
    trigger = kafka(servers = "a:9092", topic = "numbers", start = latest, auth = iam),
    trigger = sqs(queue = NumbersOfQueue),
)]
async fn anything(event: Anything) -> Result<(), Error> {
    match event {
        Anything::Record(record) => println!("{:?}", *record),
        Anything::Message(message) => println!("{}", *message),
    }
    Ok(())
}

fn main() {}
