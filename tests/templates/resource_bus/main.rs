//% [dependencies.serde]
//% version = "1"
//% features = ["derive"]
use serde::Serialize;
use skylift::prelude::*;

#[derive(Serialize)]
pub struct Happened {
    what: String,
}

#[resource(bus(message = Happened))]
pub struct Events;

#[resource(bus(name = "events-of-acme", source = "acme.shop"))]
pub struct Named;

#[function]
async fn tell(events: Publisher<Events>, named: Publisher<Named>) -> Result<(), Error> {
    let _ = (events, named);
    Ok(())
}

skylift::main!();
