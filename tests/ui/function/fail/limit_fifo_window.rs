use skylift::prelude::*;

#[resource(queue(fifo))]
pub struct InLine;

#[function(trigger = sqs(queue = InLine, batch_window = "5s"))]
async fn gathers_in_line(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
