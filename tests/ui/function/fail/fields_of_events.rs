use serde::{Deserialize, Serialize};
use skylift::event::SqsBatchResponse;
use skylift::prelude::*;

#[derive(Serialize, Deserialize)]
pub struct Parcel {
    id: String,
    weight: u32,
    #[serde(rename = "isFragile")]
    is_fragile: bool,
}

#[resource(queue(message = Parcel))]
pub struct Parcels;

#[resource(queue(message = Parcel))]
pub struct MoreParcels;

#[function(trigger = sqs(queue = Parcels, filters = { "body": { "is_fragile": [true], "weight": ["5"] } }))]
async fn filters_parcels(parcel: Message<Parcel>) -> Result<(), Error> {
    println!("{} {} {}", parcel.id, parcel.weight, parcel.is_fragile);
    Ok(())
}

#[function(
    trigger = sqs(queue = MoreParcels, filters = [{ "body": { "id": ["a"] } }, { "body": { "wieght": [5] } }]),
    idempotent(key = ["$.weight", "$.ident.x"]),
)]
async fn numbers_parcels(parcel: Message<Parcel>) -> Result<SqsBatchResponse, Error> {
    println!("{}", parcel.id);
    Ok(SqsBatchResponse::default())
}

#[function(idempotent(key = "$.id.number", check = "$.wieght"))]
async fn weighs_parcels(parcel: Parcel) -> Result<(), Error> {
    println!("{}", parcel.id);
    Ok(())
}

#[function(trigger = schedule("rate(10 minutes)", input = [1, -1]))]
async fn reads_a_pair(pair: (u8, u8)) -> Result<(), Error> {
    println!("{pair:?}");
    Ok(())
}

#[function(trigger = schedule("rate(11 minutes)", input = { "number": 1 }))]
async fn reads_no_input() -> Result<(), Error> {
    Ok(())
}

fn main() {}
