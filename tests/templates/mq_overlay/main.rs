//% [package.metadata.skylift]
//% overlay = "overlay.yaml"

use skylift::prelude::*;

#[resource(secret)]
pub struct Login;

/// Reads two queues of a broker of the stack.
#[function(
    trigger = mq(broker = overlay("Broker"), queue = "orders", secret = Login),
    trigger = mq(broker = overlay("Broker"), queue = "new.orders", secret = Login),
)]
async fn take(message: MqEventMessage) -> Result<(), Error> {
    println!("{}", message.data.len());
    Ok(())
}

skylift::main!();
