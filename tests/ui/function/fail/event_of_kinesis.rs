use skylift::prelude::*;

#[function(trigger = kinesis)]
async fn takes_messages_of_a_stream(event: SqsMessage) -> Result<(), Error> {
    println!("{:?}", event.body);
    Ok(())
}

fn main() {}
