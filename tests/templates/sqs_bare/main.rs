use skylift::prelude::*;

/// Works off the queue that this brings.
#[function(trigger = sqs)]
async fn work(message: SqsMessage) -> Result<(), Error> {
    println!("{:?}", message.body);
    Ok(())
}

skylift::main!();
