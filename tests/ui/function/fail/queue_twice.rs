use skylift::prelude::*;

#[resource(queue)]
pub struct Parcels;

#[function(trigger = sqs(queue = Parcels), trigger = sqs(queue = Parcels, batch_size = 1))]
async fn fed_twice(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
