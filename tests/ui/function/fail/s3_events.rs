use skylift::prelude::*;

#[function(trigger = s3(events = ["ObjectCreate:*"]))]
async fn misspelt_event(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = s3(events = ["ObjectRemoved"]))]
async fn event_without_star(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = s3(events = ["Everything"]))]
async fn event_of_no_kind(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = s3(events = []))]
async fn no_events(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
