use serde::{Deserialize, Serialize};
use skylift::event::SqsMessage;
use skylift::prelude::*;

#[derive(Serialize, Deserialize)]
struct Job {
    url: String,
}

#[resource(table(key = "url", stream = new_and_old))]
struct Pages;

#[function(trigger = sqs(batch_size = 5))]
async fn fetch_pages(job: Message<Job>) -> Result<(), Error> {
    println!("{}", job.url);
    Ok(())
}

#[function(trigger = sqs)]
async fn fetch_raw(message: SqsMessage) -> Result<(), Error> {
    println!("{:?}", message.body);
    Ok(())
}

#[function(trigger = s3)]
async fn index_pages(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kinesis)]
async fn count_pages(Data(job): Data<Job>) -> Result<(), Error> {
    println!("{}", job.url);
    Ok(())
}

#[function(trigger = dynamodb(table = Pages))]
async fn audit_pages(change: Change<Job>) -> Result<(), Error> {
    if let Changed::Inserted { new } = change.into_changed() {
        println!("{}", new.url);
    }
    Ok(())
}

#[function(trigger = http("POST /pages/{id}"))]
async fn show_page(Path(id): Path<u32>, Json(job): Json<Job>) -> Result<Json<Job>, StatusCode> {
    if id == 0 { Err(StatusCode::NOT_FOUND) } else { Ok(Json(job)) }
}

fn main() {}
