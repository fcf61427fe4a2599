//! A shop's orders: an HTTP API takes them, a table keeps them, a queue hands them to a worker that
//! packs them, and a topic tells whoever listens. All functions share one state and one binary, and
//! each may do with table, queue and topic what its parameters say.

mod api;
mod orders;
mod shop;
mod work;

use skylift::prelude::*;

use crate::orders::{Order, Parcel};
use crate::shop::Shop;

/// Every order, with a stream of what changes.
#[resource(table(
    key = "id",
    item = Order,
    indexes(by_state(key = "state", sort = number("placed_at"))),
    stream = new_and_old,
))]
pub(crate) struct Orders;

/// Orders that wait to be packed.
#[resource(queue(message = Parcel, visibility = "2m"))]
pub(crate) struct Packing;

/// Tells whoever subscribes of every order that was packed.
#[resource(topic(message = Order))]
pub(crate) struct Packed;

/// What was done already, for as long as somebody may ask for it again.
#[resource(table(key = "id", ttl = "expires_at", retain = false))]
pub(crate) struct Seen;

/// Opens the shop, once per process.
#[init]
async fn open() -> Result<Shop, Error> {
    Shop::open()
}

skylift::main!();
