use skylift::prelude::*;

#[resource(bucket)]
pub struct Uploads;

#[function(trigger = s3(
    bucket = Uploads,
    events = ["ObjectCreated:Put", "ObjectRemoved:*"],
    prefix = "in/",
    suffix = ".jpg",
))]
async fn follow_photos(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = s3(bucket = Uploads, prefix = "my text/year=2026/"))]
async fn follow_text(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

skylift::main!();
