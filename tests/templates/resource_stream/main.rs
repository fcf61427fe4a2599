//% [dependencies.serde]
//% version = "1"
//% features = ["derive"]
use serde::Serialize;
use skylift::prelude::*;

#[derive(Serialize)]
pub struct Click {
    page: String,
}

#[resource(stream(message = Click))]
pub struct Clicks;

#[resource(stream(shards = 2, retention = "2d", name = "views-of-acme"))]
pub struct Views;

#[resource(stream(shards = on_demand))]
pub struct Moves;

#[function]
async fn collect(
    clicks: Putter<Clicks>,
    views: Putter<Views>,
    moves: Putter<Moves>,
) -> Result<(), Error> {
    let _ = (clicks, views, moves);
    Ok(())
}

skylift::main!();
