use serde::{Deserialize, Serialize};
use skylift::prelude::*;

#[derive(Serialize, Deserialize)]
pub struct Departure {
    id: String,
}

#[derive(Serialize, Deserialize)]
pub struct Arrival {
    to: String,
}

#[resource(topic(message = Departure))]
pub struct Departures;

#[resource(bus(message = Departure))]
pub struct Airport;

#[resource(queue(message = Arrival, from = topic(Departures)))]
pub struct Arrivals;

#[resource(queue(message = Arrival, from = [topic(Departures, raw), bus(Airport, input_path = "$.detail")]))]
pub struct MoreArrivals;

#[function]
async fn take_departure() -> Result<(), Error> {
    Ok(())
}

fn main() {}
