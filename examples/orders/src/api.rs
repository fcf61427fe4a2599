//! The HTTP API: every handler is an axum handler.

use std::collections::BTreeMap;

use serde::Serialize;
use skylift::prelude::*;

use crate::shop::{Order, Quote, Shop};

/// The price list.
#[derive(Debug, Serialize)]
pub(crate) struct Prices {
    currency: String,
    cents: BTreeMap<String, u32>,
}

/// Lists what the shop has.
#[function(trigger = http("GET /prices"), keep_warm = "rate(5 minutes)")]
async fn list(State(shop): State<Shop>) -> Json<Prices> {
    Json(Prices { currency: shop.currency().to_owned(), cents: shop.prices().clone() })
}

/// Shows the price of one item.
#[function(trigger = http("GET /prices/{item}"))]
async fn show(State(shop): State<Shop>, Path(item): Path<String>) -> Result<Json<u32>, StatusCode> {
    shop.prices().get(&item).copied().map(Json).ok_or(StatusCode::NOT_FOUND)
}

/// Prices an order.
#[function(trigger = http("POST /orders"), memory = 256, timeout = "10s", env(CURRENCY = param("Currency")))]
async fn place(
    State(shop): State<Shop>,
    Json(order): Json<Order>,
) -> Result<Json<Quote>, StatusCode> {
    shop.quote(order).map(Json).ok_or(StatusCode::UNPROCESSABLE_ENTITY)
}
