//% [dependencies.serde]
//% version = "1"
//% features = ["derive"]
use serde::{Deserialize, Serialize};
use skylift::prelude::*;

#[derive(Serialize, Deserialize)]
pub struct Job {
    key: String,
}

#[resource(bucket)]
pub struct Uploads;

/// Has a name of two words.
#[resource(bucket(versioned))]
pub struct UploadArchive;

#[resource(queue(message = Job))]
pub struct Jobs;

#[resource(table(key = "id"))]
pub struct Seen;

/// Reads the resource that triggers it, and writes one that another function reads.
#[function(trigger = s3(bucket = Uploads), env(LOG = "info"))]
async fn arrived(
    record: S3EventRecord,
    uploads: Reader<Uploads>,
    jobs: Sender<Jobs>,
    context: Context,
) -> Result<(), Error> {
    let _ = (record, uploads, jobs, context);
    Ok(())
}

/// Uses one resource in two ways, with two parameters.
#[function(trigger = sqs(queue = Jobs), timeout = "1m", allow(actions = ["ses:SendEmail"], resources = ["arn:aws:ses:eu-west-1:123456789012:identity/acme.example"]))]
async fn work(
    job: Message<Job>,
    uploads: Reader<Uploads>,
    archive: Writer<UploadArchive>,
    read: Reader<Seen>,
    write: Writer<Seen>,
) -> Result<(), Error> {
    let _ = (job, uploads, archive, read, write);
    Ok(())
}

/// Takes its capabilities as axum extractors.
#[function(trigger = http("POST /jobs"))]
async fn post(jobs: Sender<Jobs>, seen: ReadWriter<Seen>, Json(job): Json<Job>) -> Result<(), Error> {
    let _ = (jobs, seen, job);
    Ok(())
}

skylift::main!();
