use skylift::prelude::*;

#[resource(queue)]
pub struct SharedOrders;

#[function(trigger = sqs(queue = SharedOrders))]
async fn bill_orders(event: SqsEvent) -> Result<(), Error> {
    let _ = event;
    Ok(())
}

#[function(trigger = sqs(queue = SharedOrders))]
async fn ship_orders(event: SqsEvent) -> Result<(), Error> {
    let _ = event;
    Ok(())
}

fn main() {}
