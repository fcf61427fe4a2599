use skylift::prelude::*;

#[derive(serde::Deserialize)]
struct Order {
    number: u32,
}

#[function(trigger = s3, trigger = schedule("rate(1 hour)", input = { "number": 1 }))]
async fn beside_a_bucket(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = schedule("rate(2 hours)", input = { "number": 2 }), schedule = "rate(1 day)")]
async fn beside_a_plain_schedule(order: Order) -> Result<(), Error> {
    println!("{}", order.number);
    Ok(())
}

fn main() {}
