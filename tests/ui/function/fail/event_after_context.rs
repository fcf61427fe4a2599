use skylift::prelude::*;

#[function(trigger = sqs)]
async fn takes_the_event_last(context: Context, event: SqsEvent) -> Result<(), Error> {
    println!("{} {}", context.request_id(), event.records.len());
    Ok(())
}

fn main() {}
