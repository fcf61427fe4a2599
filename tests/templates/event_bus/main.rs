use serde::{Deserialize, Serialize};
use skylift::prelude::*;

#[derive(Serialize, Deserialize)]
pub struct Placed {
    order: u64,
}

#[resource(bus(message = Placed, source = "shop.orders"))]
pub struct Shop;

/// Takes the events of one detail type.
#[function(trigger = event(bus = Shop, source = "shop.orders", detail_type = "Order Placed"))]
async fn invoice(placed: EventBridgeEvent<Placed>) -> Result<(), Error> {
    println!("{}", placed.order);
    Ok(())
}

/// Takes every event of the bus.
#[function(trigger = event(bus = Shop))]
async fn audit(event: EventEnvelope) -> Result<(), Error> {
    println!("{}", event.detail_type);
    Ok(())
}

skylift::main!();
