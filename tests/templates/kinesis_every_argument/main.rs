//% [dependencies.serde]
//% version = "1"
//% features = ["derive"]

use serde::{Deserialize, Serialize};
use skylift::prelude::*;

#[resource(stream(shards = 2))]
pub struct Clicks;

#[resource(queue)]
pub struct Lost;

#[function(trigger = kinesis(
    stream = Clicks,
    batch_size = 500,
    batch_window = "20s",
    parallelization_factor = 4,
    bisect,
    max_record_age = "1h",
    retries = 3,
    start = "2026-01-01T00:00:00Z",
    on_failure = Lost,
    enabled = false,
    filters = [{ "data": { "kind": ["click", "tap"] } }, { "partitionKey": [{ "prefix": "eu-" }] }],
    kms_key = param("FilterKey"),
    metrics,
))]
async fn count(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kinesis(
    stream = Clicks,
    max_record_age = forever,
    retries = forever,
    start = latest,
    tumbling_window = "1m",
))]
async fn sum(sum: Window<Sum, Data<u64>>) -> Result<(), Error> {
    println!("{}", sum.total);
    Ok(())
}

#[derive(Default, Deserialize, Serialize)]
struct Sum {
    total: u64,
}

impl Fold<Data<u64>> for Sum {
    fn fold(&mut self, number: Data<u64>) -> Result<(), Error> {
        self.total += *number;
        Ok(())
    }
}

skylift::main!();
