use skylift::prelude::*;

#[resource(queue)]
pub struct Jobs;

#[function(trigger = sqs(queue = Jobz))]
async fn misspelt_queue(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = s3(bucket = Attic))]
async fn no_bucket_at_all(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = sqs(queue = Dispatches))]
async fn another_queue(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(env(QUEUE = Jobsz))]
async fn misspelt_in_env() -> Result<(), Error> {
    Ok(())
}

#[function(allow(actions = ["s3:GetObject"], resources = [Cellar]))]
async fn undeclared_in_allow() -> Result<(), Error> {
    Ok(())
}

#[function(allow(actions = ["s3:GetObject"], resources = ["*"]), allow(actions = ["sqs:SendMessage"], resources = [Jobs, Jobbs]))]
async fn undeclared_in_second_allow() -> Result<(), Error> {
    Ok(())
}

fn main() {}
