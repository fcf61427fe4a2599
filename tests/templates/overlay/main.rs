//% [package.metadata.skylift]
//% overlay = "overlay.yaml"

use skylift::prelude::*;

/// A table of the overlay.
#[resource(table(existing = overlay("LegacyOrders"), key = "id"))]
pub struct LegacyOrders;

#[function(env(STAGE = param("Stage")))]
async fn import(orders: Writer<LegacyOrders>) -> Result<(), Error> {
    println!("writes to {}", orders.name());
    Ok(())
}

skylift::main!();
