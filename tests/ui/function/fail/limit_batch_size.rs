use skylift::prelude::*;

#[function(trigger = sqs(batch_size = 0))]
async fn empty_batches(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = sqs(batch_size = 10_001, batch_window = "5s"))]
async fn too_large_batches(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
