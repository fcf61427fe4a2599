//! Settings that have another value in the environments `test` and `prod`: of all functions and of single ones, of each
//! kind that can differ.
//%
//% [package.metadata.skylift]
//% memory = 256
//% retries = 1
//% max_event_age = "1h"
//% log_retention = 7
//% env = { LOG = "info", STAGE = { param = "Environment" } }
//% tags = { team = "media", cost-center = "test" }
//% vpc = { subnets = ["subnet-0a1b2c3d"], security_groups = ["sg-0a1b2c3d"] }
//% alarms = { errors = 10, to = "Pager" }
//% overlay = "overlay.yaml"
//%
//% [package.metadata.skylift.environment.test]
//% log_retention = 14
//%
//% [package.metadata.skylift.environment.prod]
//% memory = 1024
//% retries = 2
//% max_event_age = "2h"
//% log_retention = 365
//% env = { LOG = "warn", REGION_NAME = "eu" }
//% tags = { cost-center = "4711" }
//% vpc = { subnets = ["subnet-1a1b2c3d", "subnet-2a1b2c3d"] }
//% alarms = { errors = 1, datapoints_to_alarm = 1 }
//%
//% [package.metadata.skylift.environment.prod.functions.report]
//% memory = 2048
//% timeout = "2m"
//% ephemeral_storage = 2048
//% reserved_concurrency = 5
//% schedule = { expression = "rate(1 hour)", enabled = true }
//% log_level = "error"
//%
//% [package.metadata.skylift.environment.test.functions.report]
//% schedule = "rate(2 days)"
//%
//% [package.metadata.skylift.environment.prod.functions.work]
//% timeout = "1m"
//% env = { TARGET = { sub = "https://${Jobs.Arn}/prod" }, KEY = "fixed" }
//% provisioned_concurrency = { min = 2, max = 20 }
//% alarms = { throttles = 5 }
//%
//% [package.metadata.skylift.environment.prod.functions.remind]
//% schedule = "cron(0 7 * * ? *)"

use skylift::prelude::*;

#[resource(topic)]
pub struct Pager;

#[resource(queue(visibility = "6m"))]
pub struct Jobs;

/// A schedule that is on only in production.
#[function(trigger = schedule("rate(1 day)", enabled = false), timeout = "20s")]
async fn report(_event: ScheduledEvent) -> Result<(), Error> {
    Ok(())
}

/// Two versions, each with the settings of its environment.
#[function(
    trigger = sqs(queue = Jobs),
    timeout = "30s",
    provisioned_concurrency(min = 1, max = 4),
    alarms(throttles = 1, to = Pager),
    env(TARGET = sub("https://${Jobs.Arn}/test"), KEY = ssm("/app/key"))
)]
async fn work(_job: SqsMessage) -> Result<(), Error> {
    Ok(())
}

/// A schedule of Scheduler, whose expression differs.
#[function(trigger = schedule("cron(0 8 * * ? *)", time_zone = "Europe/Berlin"))]
async fn remind(_event: ScheduledEvent) -> Result<(), Error> {
    Ok(())
}

skylift::main!();
