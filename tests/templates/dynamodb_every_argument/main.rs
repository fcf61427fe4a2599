//% [dependencies.serde]
//% version = "1"
//% features = ["derive"]

use serde::{Deserialize, Serialize};
use skylift::event::DynamoDbEventRecord;
use skylift::prelude::*;

#[resource(table(key = "id", stream = new_and_old))]
pub struct Orders;

#[resource(topic)]
pub struct Lost;

#[function(trigger = dynamodb(
    table = Orders,
    batch_size = 500,
    batch_window = "20s",
    parallelization_factor = 4,
    bisect = true,
    max_record_age = "1h",
    retries = 3,
    start = latest,
    on_failure = Lost,
    enabled = false,
    filters = [{ "eventName": ["INSERT"] }],
    kms_key = "arn:aws:kms:eu-west-1:123456789012:key/0000",
    metrics = true,
))]
async fn follow(event: DynamoDbEvent, orders: Writer<Orders>) -> Result<(), Error> {
    let _ = orders;
    println!("{}", event.records.len());
    Ok(())
}

/// Starts with the oldest change.
#[function(trigger = dynamodb(table = Orders, tumbling_window = "1m"))]
async fn sum(sum: Window<Sum, DynamoDbEventRecord>) -> Result<(), Error> {
    println!("{}", sum.changes);
    Ok(())
}

#[derive(Default, Deserialize, Serialize)]
struct Sum {
    changes: u64,
}

impl Fold<DynamoDbEventRecord> for Sum {
    fn fold(&mut self, _: DynamoDbEventRecord) -> Result<(), Error> {
        self.changes += 1;
        Ok(())
    }
}

skylift::main!();
