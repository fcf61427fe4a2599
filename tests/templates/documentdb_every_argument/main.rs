//% [dependencies.serde]
//% version = "1"
//% features = ["derive"]

use serde::Deserialize;
use skylift::prelude::*;

#[resource(secret)]
pub struct Login;

#[derive(Deserialize)]
pub struct Order {
    total: u32,
}

/// Reads the changes of a collection.
#[function(trigger = documentdb(
    cluster = "arn:aws:rds:eu-west-1:123456789012:cluster:shop",
    database = "shop",
    collection = "orders",
    full_document = update_lookup,
    start = "2026-01-01T00:00:00Z",
    secret = Login,
    secret_key = "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f",
    batch_size = 50,
    batch_window = "20s",
    enabled = false,
))]
async fn audit(change: DocumentDbChange<Order>) -> Result<(), Error> {
    if let Some(order) = change.document() {
        println!("{}", order.total);
    }
    Ok(())
}

/// Reads the changes of databases that other stacks made.
#[function(
    trigger = documentdb(
        cluster = param("ClusterArn"),
        database = "store",
        full_document = default,
        start = trim_horizon,
        secret = param("LoginArn"),
    ),
    trigger = documentdb(
        cluster = import("shop-cluster"),
        database = "users",
        start = latest,
        secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:users-AbCdEf",
    ),
)]
async fn copy(event: DocumentDbEvent) -> Result<(), Error> {
    println!("{}", event.events.len());
    Ok(())
}

skylift::main!();
