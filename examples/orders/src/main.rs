//! The orders of a shop. An HTTP API accepts orders, a table stores them, a queue delivers them to a worker that packs
//! them, and a topic notifies subscribers. All functions share one state and one binary. The parameters of each function
//! are its permissions for the table, the queue and the topic.

mod api;
mod orders;
mod shop;
mod work;

use skylift::prelude::*;

use crate::orders::{Order, Parcel};
use crate::shop::Shop;

/// Every order, with a stream of its changes.
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

/// Notifies subscribers of every packed order.
#[resource(topic(message = Order))]
pub(crate) struct Packed;

/// The results of idempotent functions, for as long as a client may retry.
#[resource(table(key = "id", ttl = "expires_at", retain = false))]
pub(crate) struct Seen;

/// Opens the shop, once for each process.
#[init]
async fn open() -> Result<Shop, Error> {
    Shop::open()
}

skylift::main!();
