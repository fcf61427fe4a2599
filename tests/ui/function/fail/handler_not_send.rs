use std::rc::Rc;

use skylift::prelude::*;

async fn wait() {}

#[function]
async fn keeps_rc() -> Result<(), Error> {
    let counted = Rc::new(1);
    wait().await;
    drop(counted);
    Ok(())
}

#[function(trigger = sqs)]
async fn keeps_rc_of_batch(event: SqsEvent) -> Result<(), Error> {
    let counted = Rc::new(event);
    wait().await;
    drop(counted);
    Ok(())
}

#[function(trigger = http("GET /rc"))]
async fn keeps_rc_of_request() -> String {
    let counted = Rc::new(1);
    wait().await;
    counted.to_string()
}

fn main() {}
