// State machines: a standard workflow of JSON that calls functions and starts another one, an express workflow of YAML, and
// one that exists already.

use serde::{Deserialize, Serialize};
use skylift::prelude::*;

#[derive(Serialize, Deserialize)]
pub struct Order {
    id: String,
    cents: u32,
}

#[derive(Serialize, Deserialize)]
pub struct Receipt {
    charged: u32,
}

#[resource(queue)]
pub struct Jobs;

/// Names functions with and without an alias, and a queue.
#[resource(state_machine(
    asl = "checkout.asl.json",
    input = Order,
    allow(actions = ["sqs:SendMessage"], resources = [Jobs]),
))]
pub struct Checkout;

#[resource(state_machine(
    asl = "prices.asl.yaml",
    express,
    input = Order,
    output = u32,
    name = "prices",
    log_level = all,
    log_data,
    log_retention = 7,
    tracing = false,
))]
pub struct Prices;

/// Without a log.
#[resource(state_machine(
    asl = "silent.asl.json",
    log_level = off,
    tracing = false,
    retain,
    properties = { "Tags": [{ "Key": "team", "Value": "shop" }] },
))]
pub struct Silent;

#[resource(state_machine(existing = "legacy", express, output = Receipt))]
pub struct Legacy;

#[function(timeout = "5s", provisioned_concurrency = 1)]
async fn charge(order: Order) -> Result<Receipt, Error> {
    if order.cents > 100_000 {
        return Err(Error::new("CardDeclined", "above the limit"));
    }
    Ok(Receipt { charged: order.cents })
}

#[function]
async fn refund(receipt: Receipt) -> Result<(), Error> {
    println!("{}", receipt.charged);
    Ok(())
}

#[function]
async fn price(order: Order, silent: Starter<Silent>) -> Result<u32, Error> {
    silent.start(&order.id.clone().into()).await?;
    Ok(order.cents)
}

#[function]
async fn place(
    order: Order,
    checkout: Starter<Checkout>,
    prices: Starter<Prices>,
    legacy: Starter<Legacy>,
) -> Result<String, Error> {
    let cents = prices.start_sync(&order).await?;
    let receipt = legacy.start_sync(&cents.into()).await?;
    println!("{}", receipt.charged);
    checkout.start_named(&order.id, &order).await
}

skylift::main!();
