//! A shop's orders: an HTTP API takes and shows them, a queue hands them to a worker, and all three
//! functions share one state in one binary.

mod api;
mod shop;
mod work;

use skylift::prelude::*;

use crate::shop::Shop;

/// Orders that wait to be packed.
#[resource(queue(visibility = "2m"))]
pub(crate) struct Packing;

/// Opens the shop, once per process.
#[init]
async fn open() -> Result<Shop, Error> {
    Shop::open()
}

skylift::main!();
