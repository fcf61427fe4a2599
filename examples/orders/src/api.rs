//! The HTTP API. Every handler is an axum handler, and capabilities are extractors.

use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;
use skylift::http::Result as HttpResult;
use skylift::prelude::*;

use crate::orders::{self, Order, Parcel, Wish};
use crate::shop::Shop;
use crate::{Orders, Packing, Seen};

/// The price list.
#[derive(Debug, Serialize)]
pub(crate) struct Prices {
    currency: String,
    cents: BTreeMap<String, u32>,
}

/// Lists the items of the shop with their prices.
#[function(trigger = http("GET /prices"), keep_warm = "rate(5 minutes)")]
async fn list(State(shop): State<Shop>) -> Json<Prices> {
    Json(Prices { currency: shop.currency().to_owned(), cents: shop.prices().clone() })
}

/// Shows the price of one item.
#[function(trigger = http("GET /prices/{item}"))]
async fn show(State(shop): State<Shop>, Path(item): Path<String>) -> Result<Json<u32>, StatusCode> {
    shop.prices().get(&item).copied().map(Json).ok_or(StatusCode::NOT_FOUND)
}

/// Accepts an order, stores it, and sends it to be packed. A client that lost the response can retry with the same
/// `Idempotency-Key`, which places only one order.
#[function(
    trigger = http("POST /orders"),
    idempotent(key = "$.headers['idempotency-key']", check = "$.body", store = Seen, ttl = "1d"),
    memory = 256,
    timeout = "10s",
    env(CURRENCY = param("Currency")),
)]
async fn place(
    State(shop): State<Shop>,
    orders: Writer<Orders>,
    packing: Sender<Packing>,
    context: Context,
    Json(wish): Json<Wish>,
) -> HttpResult<(StatusCode, Json<Order>)> {
    let total = shop.price(&wish).ok_or(StatusCode::UNPROCESSABLE_ENTITY)?;
    let placed_at = SystemTime::now().duration_since(UNIX_EPOCH).map_err(Error::from)?.as_secs();
    let id = context.request_id().to_owned();
    let order = Order { id, wish, total, state: orders::State::Placed, placed_at };
    orders.put(&order).await?;
    packing.send(&Parcel { order: order.id.clone() }).await?;
    Ok((StatusCode::CREATED, Json(order)))
}

/// Shows an order.
#[function(trigger = http("GET /orders/{id}"))]
async fn find(orders: Reader<Orders>, Path(id): Path<String>) -> HttpResult<Json<Order>> {
    let order = orders.get(&id).await?;
    Ok(order.map(Json).ok_or(StatusCode::NOT_FOUND)?)
}
