//% [dependencies.serde]
//% version = "1"
//% features = ["derive"]
use serde::{Deserialize, Serialize};
use skylift::prelude::*;

#[derive(Serialize, Deserialize)]
pub struct Order {
    id: String,
    customer: String,
    at: i64,
    state: String,
    digest: Digest,
    total: u32,
    expires: Option<u64>,
}

/// Written as bytes, which the source does not show.
pub struct Digest(Vec<u8>);

impl Serialize for Digest {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self)
    }
}

#[resource(table(key = "id"))]
pub struct Plain;

#[resource(table(
    key = "customer",
    sort = number("at"),
    item = Order,
    indexes(
        by_id(key = "id"),
        by_state(key = "state", sort = number("at"), project = ["total", "currency"]),
        by_digest(key = binary("digest"), project = keys),
        by_total(sort = number("total"), project = all),
    ),
    stream = new_and_old,
    ttl = "expires",
    name = "orders-of-acme",
))]
pub struct Orders;

/// Has every default disabled.
#[resource(table(key = "id", point_in_time_recovery = false, retain = false))]
pub struct Scratch;

#[function(timeout = "10s")]
async fn read(orders: Reader<Orders>, plain: Reader<Plain>) -> Result<u64, Error> {
    let _ = (orders, plain);
    Ok(0)
}

#[function]
async fn write(orders: Writer<Orders>, scratch: ReadWriter<Scratch>) -> Result<(), Error> {
    let _ = (orders, scratch);
    Ok(())
}

skylift::main!();
