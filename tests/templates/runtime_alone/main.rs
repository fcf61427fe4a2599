//! Functions that another tool deploys: no template, but the policy and the variables of each function.
//% [package.metadata.skylift]
//% templates = false
//% env = { LEVEL = "info" }
//% [dependencies.serde]
//% version = "1"
//% features = ["derive"]

use serde::{Deserialize, Serialize};
use skylift::prelude::*;

#[derive(Serialize, Deserialize)]
pub struct Job {
    id: String,
}

#[resource(bucket)]
pub struct Uploads;

#[resource(queue(message = Job, visibility = "2m"))]
pub struct Jobs;

#[resource(table(key = "id", existing = "orders"))]
pub struct Orders;

/// Its variables name the bucket, the table, the function `resize` and the table of idempotency records.
#[function(
    trigger = sqs(queue = Jobs),
    timeout = "20s",
    idempotent(key = "$.id"),
    policy = "AWSXRayDaemonWriteAccess",
    tracing = active,
    env(KEY = ssm("/app/key"), REGION = sub("${AWS::Region}"), HOME_OF = sub("${!HOME}/x"), STAGE = param("Stage")),
    allow(actions = ["ses:SendEmail"], resources = ["arn:${AWS::Partition}:ses:eu-west-1:${AWS::AccountId}:identity/${aws:username}"]),
)]
async fn work(
    job: Message<Job>,
    uploads: ReadWriter<Uploads>,
    orders: Reader<Orders>,
    resize: Invoker<resize>,
) -> Result<(), Error> {
    println!("{} {} {}", job.id, uploads.name(), orders.name());
    let _ = resize;
    Ok(())
}

/// A function that continues its work through a queue.
#[function(resume = queue)]
async fn count(cursor: Resume<u64>) -> Result<Progress<u64, u64>, Error> {
    Ok(Progress::Done(cursor.as_ref().copied().unwrap_or_default()))
}

#[function]
async fn resize(size: u64) -> Result<(), Error> {
    println!("{size}");
    Ok(())
}

skylift::main!();
