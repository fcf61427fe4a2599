use serde::Deserialize;
use skylift::prelude::*;

#[derive(Deserialize)]
struct Order {
    id: String,
}

#[resource(table(key = "id", item = Order, stream = new_and_old))]
struct OrdersWithChanges;

#[function(trigger = dynamodb(table = OrdersWithChanges), idempotent(key = "$.id"))]
async fn not_a_field_of_a_record(change: Change<Order>) -> Result<(), Error> {
    drop(change);
    Ok(())
}

#[function(trigger = kinesis, idempotent(key = "$.id"))]
async fn not_a_field_of_a_batch(event: KinesisEvent) -> Result<(), Error> {
    drop(event);
    Ok(())
}

#[function(trigger = s3, idempotent(key = "$.S3.object.key", check = "$.s3.object.eTag"))]
async fn misspelt_field_of_a_record(record: S3EventRecord) -> Result<(), Error> {
    drop(record);
    Ok(())
}

#[function(idempotent(key = "$", check = "$.id"))]
async fn never_differs() -> Result<(), Error> {
    Ok(())
}

#[function(idempotent("$.id"))]
async fn key_without_its_name() -> Result<(), Error> {
    Ok(())
}

fn main() {}
