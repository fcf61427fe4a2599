#![deny(warnings)]

use skylift::prelude::*;

#[resource(queue)]
pub struct Backlog;

/// Handles the backlog.
#[function(
    trigger = sqs(
        queue = Backlog,
        batch_size = 100,
        batch_window = "5s",
        max_concurrency = 10,
        enabled = false,
        filters = [{ "body": { "kind": ["order"] } }],
    ),
    trigger = schedule(
        "cron(0 12 ? * MON-FRI *)",
        name = "noon",
        description = "At noon",
        enabled = false,
    ),
    keep_warm = "rate(5 minutes)",
    memory = 512,
    timeout = "1m",
    architecture = x86_64,
    ephemeral_storage = 1_024,
    reserved_concurrency = 10,
    provisioned_concurrency = 2,
    retries = 1,
    max_event_age = "1h",
    env(LOG = "info", COUNT = 3, ON = true, TABLE = param("TableName"), KEY = ssm("/app/key"), VPC = import("Vpc"), QUEUE = Backlog),
    log_retention = 14,
    log_format = json,
    log_level = debug,
    system_log_level = warn,
    tracing = active,
    policy = "AWSXRayDaemonWriteAccess",
    policy = ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
    allow(actions = ["ses:SendEmail"], resources = ["*"]),
    allow(actions = ["sqs:SendMessage"], resources = [Backlog, "arn:aws:sqs:*:*:other"]),
    name = "backlog-worker",
    id = "Worker",
    description = "Works",
    tags(team = "media", "cost-center" = "42"),
    properties = { "Layers": [], "SnapStart": null },
)]
async fn has_every_key(batch: SqsEvent) -> Result<(), Error> {
    println!("{}", batch.records.len());
    Ok(())
}

/// Runs with a constant input.
#[function(trigger = schedule("rate(1 day)", input = { "source": "noon" }))]
async fn has_an_input(_event: std::collections::HashMap<String, String>) -> Result<(), Error> {
    Ok(())
}

fn main() {}
