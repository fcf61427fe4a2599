use skylift::prelude::*;

#[function(trigger = sqs(max_concurrency = 1))]
async fn one_at_a_time(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
