use skylift::prelude::*;

#[function(trigger = sqs(queue = "b-c"))]
async fn a(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = sqs(queue = "c"))]
async fn a_b(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
