use skylift::prelude::*;

#[function(trigger = sqs(batch_size = param("Size")))]
async fn work(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
