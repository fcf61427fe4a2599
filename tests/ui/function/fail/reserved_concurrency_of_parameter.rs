use skylift::prelude::*;

#[function(trigger = sqs(max_concurrency = 5), reserved_concurrency = param("Reserved"))]
async fn work(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
