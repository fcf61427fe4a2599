use skylift::prelude::*;

#[derive(serde::Deserialize)]
pub struct Placed {
    order: u64,
}

#[function(trigger = event(source = "shop"))]
async fn takes_the_detail_alone(placed: Placed) -> Result<(), Error> {
    println!("{}", placed.order);
    Ok(())
}

#[function(trigger = event(source = "shop", input_path = "$.detail"))]
async fn takes_an_event_but_gets_its_detail(placed: EventBridgeEvent<Placed>) -> Result<(), Error> {
    println!("{}", placed.order);
    Ok(())
}

#[function(trigger = event)]
async fn takes_every_event(event: EventBridgeEvent) -> Result<(), Error> {
    println!("{}", event.id());
    Ok(())
}

#[function(trigger = event(source = "shop", detail = { "order": 7 }))]
async fn compares_with_a_value(event: EventBridgeEvent) -> Result<(), Error> {
    println!("{}", event.id());
    Ok(())
}

fn main() {}
