use skylift::prelude::*;

/// Handles the messages of the queue that the trigger creates.
#[function(trigger = sqs)]
async fn work(message: SqsMessage) -> Result<(), Error> {
    println!("{:?}", message.body);
    Ok(())
}

skylift::main!();
