//! Environments of an application with nested stacks: each stack has the values that it looks up.
//%
//% [package.metadata.skylift]
//% stacks = "nested"
//% env = { LOG = "info" }
//%
//% [package.metadata.skylift.environment.prod]
//% env = { LOG = "warn" }
//%
//% [package.metadata.skylift.environment.prod.functions.work]
//% timeout = "1m"
//% reserved_concurrency = 5
//%
//% [package.metadata.skylift.environment.prod.functions.report]
//% memory = 512

use skylift::prelude::*;

#[resource(queue)]
pub struct Jobs;

#[function(trigger = sqs(queue = Jobs), timeout = "10s")]
async fn work(_job: SqsMessage) -> Result<(), Error> {
    Ok(())
}

#[function(env(STAGE = param("Environment")))]
async fn report() -> Result<(), Error> {
    Ok(())
}

skylift::main!();
