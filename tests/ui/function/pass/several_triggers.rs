#![deny(warnings)]

use skylift::prelude::*;

#[resource(queue)]
pub struct Calls;

#[resource(bucket)]
pub struct Drops;

#[derive(Event)]
pub enum Incoming {
    Object(S3EventRecord),
    Call(Message<String>),
    Tick(ScheduledEvent),
}

#[function(
    trigger = s3(bucket = Drops, prefix = "in/"),
    trigger = sqs(queue = Calls),
    schedule = "rate(1 hour)",
)]
async fn takes_all(incoming: Incoming) -> Result<(), Error> {
    match incoming {
        Incoming::Object(object) => println!("{:?}", object.event_name),
        Incoming::Call(call) => println!("{}", *call),
        Incoming::Tick(tick) => println!("{:?}", tick.time),
    }
    Ok(())
}

#[function(trigger = http("GET /both"), trigger = http("POST /both"), schedule = "rate(5 minutes)")]
async fn both_methods() -> StatusCode {
    StatusCode::OK
}

fn main() {}
