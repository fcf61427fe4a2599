use skylift::Streaming;
use skylift::prelude::*;

#[resource(queue(message = String))]
pub struct Jobs;

#[function(trigger = sqs(queue = Jobs))]
async fn work(job: Message<String>) -> Result<Streaming, Error> {
    let job = job.into_inner();
    Ok(Streaming::new("text/plain", |mut out| async move { out.write(job).await }))
}

fn main() {}
