use skylift::prelude::*;

#[resource(bucket)]
pub struct Drops;

#[resource(queue)]
pub struct Calls;

#[derive(Event)]
pub enum Incoming {
    Object(S3EventRecord),
    Call(Message<String>),
    Tick(ScheduledEvent),
}

#[function(
    trigger = s3(bucket = Drops, prefix = "in/"),
    trigger = s3(bucket = Drops, prefix = "again/"),
    trigger = sqs(queue = Calls),
    schedule = "rate(1 hour)",
    schedule = "cron(0/15 8-18 ? * MON-FRI *)",
)]
async fn take(incoming: Incoming) -> Result<(), Error> {
    match incoming {
        Incoming::Object(object) => println!("{:?}", object.event_name),
        Incoming::Call(call) => println!("{}", *call),
        Incoming::Tick(tick) => println!("{:?}", tick.time),
    }
    Ok(())
}

skylift::main!();
