use skylift::prelude::*;

#[resource(bucket)]
pub struct Archive;

#[function(trigger = s3(bucket = Archive, through = eventbridge))]
async fn misspells_the_word(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = s3(bucket = "acme", through = event_bridge))]
async fn follows_an_existing_bucket(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(
    trigger = s3(bucket = Archive, events = "ReducedRedundancyLostObject", through = event_bridge)
)]
async fn follows_an_event_that_eventbridge_lacks(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = s3(bucket = Archive, through = event_bridge))]
async fn writes_to_its_bucket(event: S3Event, archive: Writer<Archive>) -> Result<(), Error> {
    archive.put("a", event.records.len().to_string()).await?;
    Ok(())
}

fn main() {}
