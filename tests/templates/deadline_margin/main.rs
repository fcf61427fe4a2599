//% [package.metadata.skylift]
//% deadline_margin = "1s"

use skylift::prelude::*;

/// The margin is the runtime's: nothing of it stands in the template.
#[function(trigger = sqs, deadline_margin = "250ms", timeout = "1s")]
async fn work(message: SqsMessage) -> Result<(), Error> {
    println!("{:?}", message.body);
    Ok(())
}

skylift::main!();
