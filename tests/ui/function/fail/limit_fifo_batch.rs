use skylift::prelude::*;

#[resource(queue(fifo))]
pub struct InOrder;

#[function(trigger = sqs(queue = InOrder, batch_size = 11, batch_window = "5s"))]
async fn eleven_in_order(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = sqs(queue = "steps.fifo", batch_size = 11))]
async fn eleven_steps(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
