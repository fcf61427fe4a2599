use skylift::prelude::*;

#[resource(queue(visibility = "30s"))]
pub struct Impatient;

#[function(trigger = sqs(queue = Impatient), timeout = "1m")]
async fn slower_than_its_queue(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
