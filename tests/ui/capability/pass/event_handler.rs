use serde::{Deserialize, Serialize};
use skylift::prelude::*;

#[derive(Serialize, Deserialize)]
pub struct Job {
    key: String,
}

mod resources {
    /// Is used by its path.
    #[skylift::resource(bucket)]
    pub struct Uploads;
}

#[resource(queue(message = Job))]
pub struct Jobs;

/// Has no message type.
#[resource(queue)]
pub struct Anything;

#[function(trigger = sqs(queue = Jobs, shared))]
async fn work(
    job: Message<Job>,
    uploads: skylift::ReadWriter<resources::Uploads>,
    context: Context,
) -> Result<(), Error> {
    if let Some(bytes) = uploads.get(&job.key).await? {
        uploads.put("copy", bytes).await?;
    }
    println!("{:?}", context.remaining());
    Ok(())
}

#[function(trigger = sqs(queue = Anything, shared))]
async fn any(job: Message<Job>) -> Result<(), Error> {
    drop(job);
    Ok(())
}

#[function(trigger = sqs(queue = Anything, shared), trigger = sqs(queue = Jobs, shared))]
async fn raw(event: SqsEvent) -> Result<(), Error> {
    drop(event);
    Ok(())
}

#[derive(Event)]
enum Either {
    Job(Message<Job>),
    Tick(ScheduledEvent),
}

#[function(trigger = sqs(queue = Jobs, shared), schedule = "rate(1 hour)")]
async fn either(event: Either) -> Result<(), Error> {
    match event {
        Either::Job(job) => drop(job),
        Either::Tick(tick) => drop(tick),
    }
    Ok(())
}

/// Has no event: the capability is the first parameter.
#[function(schedule = "rate(1 hour)")]
async fn sweep(uploads: Reader<resources::Uploads>) -> Result<(), Error> {
    for object in uploads.list("old/").all().await? {
        println!("{}: {} bytes", object.key, object.size);
    }
    Ok(())
}

fn main() {}
