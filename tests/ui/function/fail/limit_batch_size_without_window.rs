use skylift::prelude::*;

#[function(trigger = sqs(batch_size = 11))]
async fn eleven_at_once(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
