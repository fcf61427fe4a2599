use serde::Deserialize;
use skylift::prelude::*;

/// Takes what EventBridge could not deliver.
#[resource(queue)]
pub struct Lost;

#[derive(Deserialize)]
pub struct StateChange {
    state: String,
}

#[function(trigger = event(
    source = "aws.ec2",
    detail_type = ["EC2 Instance State-change Notification", { "prefix": "EC2 Spot" }],
    detail = { "state": ["stopped", { "anything-but": { "prefix": "run" } }] },
    name = "stopped",
    enabled = false,
    dead_letters = Lost,
    retries = 10,
    max_event_age = "2h",
))]
async fn stopped(change: EventBridgeEvent<StateChange>) -> Result<(), Error> {
    println!("{}", change.state);
    Ok(())
}

/// Takes only the detail, from a bus that exists.
#[function(trigger = event(
    bus = "arn:aws:events:eu-west-1:123456789012:event-bus/acme",
    pattern = { "$or": [{ "source": ["acme"] }, { "detail": { "kind": [{ "wildcard": "*-done" }] } }] },
    input_path = "$.detail",
))]
async fn detail(change: StateChange) -> Result<(), Error> {
    println!("{}", change.state);
    Ok(())
}

/// Takes parts of the event.
#[function(
    trigger = event(
        bus = param("Bus"),
        input_paths = { "state": "$.detail.state" },
        input_template = "{\"state\": \"<state>\"}",
    ),
    provisioned_concurrency = 1,
)]
async fn parts(change: StateChange) -> Result<(), Error> {
    println!("{}", change.state);
    Ok(())
}

/// Takes a constant.
#[function(trigger = event(source = "aws.health", input = { "state": "sick" }))]
async fn constant(change: StateChange) -> Result<(), Error> {
    println!("{}", change.state);
    Ok(())
}

/// Ticks until EventBridge gives up.
#[function(trigger = schedule("rate(1 hour)", dead_letters = Lost, retries = 0, max_event_age = "5m"))]
async fn tick() -> Result<(), Error> {
    Ok(())
}

skylift::main!();
