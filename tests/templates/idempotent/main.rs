//% [dependencies.serde]
//% version = "1"
//% features = ["derive"]
use serde::Deserialize;
use skylift::prelude::*;

#[resource(table(key = "id", ttl = "gone_at"))]
pub struct Seen;

#[resource(table(existing = "shared-seen", key = "pk", ttl = "expires"))]
pub struct Shared;

#[resource(queue)]
pub struct Jobs;

#[derive(Deserialize)]
pub struct Payment {
    amount: u32,
}

#[function(idempotent(key = "$.id", store = Seen))]
async fn pay(payment: Payment) -> Result<u32, Error> {
    Ok(payment.amount)
}

#[function(
    trigger = http("POST /orders"),
    idempotent(
        key = ["$.headers['idempotency-key']", "$.requestContext.authorizer.jwt.claims.sub"],
        check = "$.body",
        store = crate::Seen,
        ttl = "1d",
    ),
)]
async fn place(seen: Reader<Seen>) -> Result<&'static str, Error> {
    println!("{}", seen.name());
    Ok("placed")
}

#[function(
    trigger = sqs(queue = Jobs),
    keep_warm = "rate(5 minutes)",
    idempotent(key = "$", store = Shared, ttl = "30s"),
)]
async fn work(job: Message<Vec<u32>>) -> Result<(), Error> {
    println!("{}", job.len());
    Ok(())
}

skylift::main!();
