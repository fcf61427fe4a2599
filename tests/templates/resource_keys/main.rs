//% [package.metadata.skylift]
//% overlay = "overlay.yaml"
use skylift::calls::{Delete, Get};
use skylift::prelude::*;

#[resource(bucket(kms_key = overlay("DataKey", "Arn")))]
pub struct Uploads;

#[resource(queue(kms_key = param("QueueKey")))]
pub struct Jobs;

#[resource(topic(kms_key = "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d"))]
pub struct News;

#[resource(table(key = "id", kms_key = "arn:aws:kms:${AWS::Region}:${AWS::AccountId}:key/0a1b2c3d"))]
pub struct Orders;

#[resource(stream(kms_key = overlay("DataKey", "Arn")))]
pub struct Clicks;

#[resource(secret(kms_key = overlay("DataKey", "Arn")))]
pub struct Password;

#[resource(bus(kms_key = overlay("DataKey", "Arn")))]
pub struct Shop;

/// Only its readers are allowed to decrypt: the template does not make it.
#[resource(parameter(existing = "/app/limit", kms_key = param("QueueKey")))]
pub struct Limit;

/// Reads from some and writes to others.
#[function(trigger = sqs(queue = Jobs), timeout = "10s")]
async fn work(
    message: SqsMessage,
    uploads: Writer<Uploads>,
    news: Publisher<News>,
    orders: Reader<Orders>,
    clicks: Putter<Clicks>,
) -> Result<(), Error> {
    let _ = (message, uploads, news, orders, clicks);
    Ok(())
}

/// Needs no key for the bucket, of which it only deletes objects, and none for the bus.
#[function(on_failure = Jobs)]
async fn clean(
    id: String,
    uploads: Writer<Uploads, Delete>,
    orders: Reader<Orders, Get>,
    password: Reader<Password>,
    limit: Reader<Limit>,
    shop: Publisher<Shop>,
) -> Result<(), Error> {
    let _ = (id, uploads, orders, password, limit, shop);
    Ok(())
}

skylift::main!();
