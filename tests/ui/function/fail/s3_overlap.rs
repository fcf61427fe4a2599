use skylift::prelude::*;

#[resource(bucket)]
pub struct Inbox;

#[function(trigger = s3(bucket = Inbox, prefix = "in/"))]
async fn reads_in(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = s3(bucket = Inbox, prefix = "in/photos/", events = ["ObjectCreated:Put"]))]
async fn reads_photos(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
