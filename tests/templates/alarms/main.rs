//% [package.metadata.skylift]
//% overlay = "overlay.yaml"
//% alarms = { throttles = 1, age = "1h", to = "Alerts" }

use skylift::prelude::*;

#[resource(topic)]
pub struct Alerts;

#[resource(topic(properties = { "KmsMasterKeyId": { "Ref": "AWS::NoValue" } }))]
pub struct Pager;

#[resource(queue)]
pub struct Jobs;

#[resource(stream)]
pub struct Clicks;

#[function(
    trigger = sqs(queue = Jobs, batch_size = 5),
    trigger = sqs(queue = "arn:aws:sqs:eu-west-1:123456789012:old-jobs"),
    trigger = schedule("rate(1 hour)"),
    timeout = "30s",
    alarms(
        errors = 3,
        duration = "25s",
        age = "10m",
        period = "5m",
        evaluation_periods = 3,
        datapoints_to_alarm = 2,
        to = [Alerts, Pager, param("Team")],
    ),
)]
async fn work(_event: WorkEvent) -> Result<(), Error> {
    Ok(())
}

#[derive(Event)]
pub enum WorkEvent {
    Jobs(SqsEvent),
    Tick(ScheduledEvent),
}

#[function(trigger = kinesis(stream = Clicks), alarms(errors = 1, to = overlay("Team2")))]
async fn count(_clicks: KinesisEvent) -> Result<(), Error> {
    Ok(())
}

#[function(
    trigger = http("GET /price"),
    alarms(errors = 1, to = "arn:aws:sns:eu-west-1:123456789012:alerts"),
    deploy = canary("5m", alarms = [own, "shop-errors"]),
    version_description = "Prices of ${May}",
)]
async fn price() -> &'static str {
    "4.50"
}

#[function(alarms = none)]
async fn quiet(_nothing: ()) -> Result<(), Error> {
    Ok(())
}

skylift::main!();
