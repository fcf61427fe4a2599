use serde::{Deserialize, Serialize};
use skylift::prelude::*;

#[derive(Serialize, Deserialize)]
pub struct Job;

#[derive(Serialize, Deserialize)]
pub struct Order;

#[resource(queue(message = Job))]
pub struct Steps;

/// The consumer expects orders.
#[function(trigger = sqs(queue = Steps, shared))]
async fn consume(order: Message<Order>) -> Result<(), Error> {
    drop(order);
    Ok(())
}

#[derive(Event)]
enum Anything {
    Order(Message<Order>),
    Tick(ScheduledEvent),
}

#[function(trigger = sqs(queue = Steps, shared), schedule = "rate(1 hour)")]
async fn consume_either(event: Anything) -> Result<(), Error> {
    match event {
        Anything::Order(order) => drop(order),
        Anything::Tick(tick) => drop(tick),
    }
    Ok(())
}

fn main() {}
