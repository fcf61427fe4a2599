use skylift::prelude::*;

#[resource(queue(visibility = param("Visibility"), retention = "14d"))]
pub struct Jobs;

#[function(trigger = sqs(queue = Jobs), timeout = "30s")]
async fn work(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
