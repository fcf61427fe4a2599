use skylift::prelude::*;

#[resource(topic)]
pub struct Alerts;

#[resource(queue(retention = "1h", visibility = "30s"))]
pub struct Jobs;

#[function(trigger = sqs(queue = Jobs), alarms(age = "2h", to = Alerts))]
async fn waits_longer_than_the_queue_keeps(message: SqsMessage) -> Result<(), Error> {
    println!("{:?}", message.body);
    Ok(())
}

fn main() {}
