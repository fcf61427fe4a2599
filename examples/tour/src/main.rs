//! A print shop: an HTTP API, a queue with its worker, and a table. README.md shows this file.

use serde::{Deserialize, Serialize};
use skylift::prelude::*;

#[derive(Serialize, Deserialize)]
struct Job {
    id: String,
    pages: u32,
}

/// Jobs that wait to be printed. The template adds a dead-letter queue.
#[resource(queue(message = Job, visibility = "3m"))]
struct Jobs;

/// Jobs that were printed.
#[resource(table(key = "id", item = Job))]
struct Printed;

/// State that functions share: the price of a page, in cents.
struct Price(u32);

/// Runs once per process, before the first event.
#[init]
async fn open() -> Result<Price, Error> {
    Ok(Price(std::env::var("CENTS_PER_PAGE")?.parse()?))
}

/// Says what a job costs. The doc comment becomes the description of the Lambda function.
#[function(trigger = http("POST /quotes"), keep_warm = "rate(5 minutes)", env(CENTS_PER_PAGE = "10"))]
async fn quote(State(price): State<Price>, Json(job): Json<Job>) -> String {
    format!("{} pages cost {} cents\n", job.pages, job.pages.saturating_mul(price.0))
}

/// Accepts a job and sends it to the queue.
#[function(trigger = http("POST /jobs"))]
async fn submit(jobs: Sender<Jobs>, Json(job): Json<Job>) -> Result<StatusCode, Error> {
    jobs.send(&job).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Prints one job. If it fails, only its message is delivered again.
#[function(trigger = sqs(queue = Jobs, batch_size = 10), timeout = "30s", memory = 512)]
async fn work(job: Message<Job>, printed: Writer<Printed>, context: Context) -> Result<(), Error> {
    println!("{}: {} pages, {:?} left", job.id, job.pages, context.remaining());
    printed.put(&job).await
}

skylift::main!();
