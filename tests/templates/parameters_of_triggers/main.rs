//% [dependencies.serde]
//% version = "1"
//% features = ["derive"]
//% [package.metadata.skylift.parameters]
//% Visibility = { default = "180", min = 30, max = 600 }
//% Retention = { default = "86400", min = 3600 }
//% Batch = { default = "10", max = 10 }
//% QueueConcurrency = { default = "20", max = 50 }
//% Reserved = { default = "100", min = 50 }
//% Age = { default = "3600", max = 86400 }
//% Rate = { default = "rate(5 minutes)" }
//% Periods = { default = "3", min = 2, max = 60 }
//% Datapoints = { default = "2", max = 2 }

use serde::{Deserialize, Serialize};
use skylift::event::DynamoDbEventRecord;
use skylift::prelude::*;

#[resource(queue(
    visibility = param("Visibility"),
    retention = param("Retention"),
    delay = param("Delay"),
    dead_letters(after = param("Receives")),
))]
pub struct Jobs;

#[resource(stream(shards = param("Shards"), retention = param("Hours")))]
pub struct Clicks;

#[resource(table(key = "id", stream = new))]
pub struct Orders;

#[resource(topic)]
pub struct Alerts;

#[function(
    trigger = sqs(
        queue = Jobs,
        batch_size = param("Batch"),
        batch_window = param("Window"),
        max_concurrency = param("QueueConcurrency"),
        enabled = param("Active"),
    ),
    timeout = "30s",
    tags(stage = param("Stage"), stack = sub("${AWS::StackName}-jobs"), team = "media"),
    reserved_concurrency = param("Reserved"),
    alarms(
        errors = param("Errors"),
        throttles = param("Throttles"),
        evaluation_periods = param("Periods"),
        datapoints_to_alarm = param("Datapoints"),
        to = Alerts,
    ),
)]
async fn work(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(
    trigger = kinesis(
        stream = Clicks,
        batch_size = param("Records"),
        parallelization_factor = param("Factor"),
        max_record_age = param("Age"),
        retries = param("Retries"),
    ),
    provisioned_concurrency = param("Warm"),
)]
async fn count(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = dynamodb(table = Orders, start = latest, tumbling_window = param("Tumbling")))]
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

#[function(trigger = msk(
    cluster = "arn:aws:kafka:eu-west-1:123456789012:cluster/shop/01234567-89ab-cdef-0123-456789abcdef-1",
    topic = "orders",
    start = latest,
    pollers(min = param("MinPollers"), max = 200),
    batch_size = param("Records"),
    retries = param("Retries"),
))]
async fn bill(event: KafkaEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

/// Ticks as a rule, and as a schedule of Scheduler.
#[function(
    trigger = schedule(param("Rate"), enabled = param("TickState")),
    trigger = schedule(param("At"), time_zone = "Europe/Berlin", enabled = param("TickState")),
    schedule = param("Rate"),
)]
async fn tick(event: ScheduledEvent) -> Result<(), Error> {
    println!("{:?}", event.detail);
    Ok(())
}

#[function(trigger = event(
    source = "shop",
    enabled = param("TickState"),
    retries = param("EventRetries"),
    max_event_age = param("EventAge"),
))]
async fn placed(_event: EventBridgeEvent<()>) -> Result<(), Error> {
    Ok(())
}

skylift::main!();
