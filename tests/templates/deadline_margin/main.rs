//% [package.metadata.skylift]
//% deadline_margin = "1s"

use skylift::prelude::*;

/// The margin is a setting of the runtime and is not in the template.
#[function(trigger = sqs, deadline_margin = "250ms", timeout = "1s")]
async fn work(message: SqsMessage) -> Result<(), Error> {
    println!("{:?}", message.body);
    Ok(())
}

skylift::main!();
