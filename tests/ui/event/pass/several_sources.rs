#![deny(warnings)]

use skylift::prelude::*;

#[derive(Debug, Event)]
pub enum Anything {
    Object(S3Event),
    Messages(SqsEvent),
    Tick(ScheduledEvent),
}

#[function(trigger = s3, trigger = sqs, schedule = "rate(1 day)")]
async fn takes_anything(event: Anything) -> Result<(), Error> {
    println!("{event:?}");
    Ok(())
}

fn main() {}
