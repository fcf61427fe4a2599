//% [package.metadata.skylift]
//% stacks = "nested"
//% overlay = "overlay.yaml"
//% env = { LEVEL = { param = "Level" } }
//% [package.metadata.skylift.parameters]
//% Level = { default = "info" }
//% Memory = { default = "256", min = 128, max = 1024 }
//% [dependencies.serde]
//% version = "1"
//% features = ["derive"]
use serde::Deserialize;
use skylift::prelude::*;

#[resource(bucket)]
pub struct Uploads;

#[resource(queue)]
pub struct Jobs;

#[resource(topic)]
pub struct Orders;

#[resource(table(key = "id", stream = new_and_old))]
pub struct Ledger;

/// Is notified by a bucket, which waits for the permission in the nested stack.
#[function(trigger = s3(bucket = Uploads))]
async fn resize(event: S3Event, jobs: Sender<Jobs>) -> Result<(), Error> {
    jobs.send(&event.records.len().into()).await?;
    Ok(())
}

/// Is called by the API through an alias, and invokes a function of another nested stack.
#[function(trigger = http("POST /orders/{id}"), provisioned_concurrency = 1)]
async fn place(ledger: Writer<Ledger>, other: Invoker<work>) -> Result<String, Error> {
    let _ = other;
    Ok(ledger.name().to_owned())
}

/// Has a rule of its own, and serves the other routes.
#[function(trigger = http, keep_warm(every = "5 minutes", instances = 2))]
async fn page() -> &'static str {
    "Hello"
}

#[function(memory = param("Memory"), env(STAGE = param("Stage"), GROUP = overlay("Group", "GroupId")))]
async fn work(_nothing: ()) -> Result<(), Error> {
    Ok(())
}

/// Takes messages of a queue, whose ARN is a parameter.
#[function(trigger = sqs(queue = Jobs))]
async fn process(batch: SqsEvent) -> Result<(), Error> {
    println!("{}", batch.records.len());
    Ok(())
}

/// Uses a condition, a mapping and a list of the overlay.
#[function(
    trigger = sns(topic = Orders),
    vpc(subnets = param("Subnets"), security_groups = [overlay("Group", "GroupId")]),
    properties = {
        "RuntimeManagementConfig": {
            "UpdateRuntimeOn": { "Fn::If": ["IsLive", { "Fn::FindInMap": ["Updates", { "Ref": "Stage" }, "On"] }, "Auto"] }
        }
    }
)]
async fn report(event: SnsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = dynamodb(table = Ledger, start = latest))]
async fn audit(event: DynamoDbEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

/// Shifts its alias with an alarm of the overlay.
#[function(schedule = "rate(1 day)", deploy = canary("5m", alarms = overlay("Errors")))]
async fn sweep() -> Result<(), Error> {
    Ok(())
}

/// Shifts its alias in another nested stack, which has a CodeDeploy application of its own.
#[function(deploy = all_at_once)]
async fn collect(_nothing: ()) -> Result<(), Error> {
    Ok(())
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Seed {
    rows: u32,
}

/// Serves a resource of the overlay, which waits for its nested stack.
#[function(trigger = custom_resource(resource = overlay("Seeded")), timeout = "30s")]
async fn seeder(
    request: CustomResource<Seed, serde::de::IgnoredAny>,
    ledger: Writer<Ledger>,
) -> Result<(), Error> {
    println!("{} in {}", request.properties.rows, ledger.name());
    Ok(())
}

skylift::main!();
