use skylift::prelude::*;

#[function(trigger = s3(
    bucket = "archive-of-acme",
    events = ["ObjectCreated:*", "ObjectRemoved:Delete", "ObjectTagging:*"],
    prefix = "in/",
    suffix = ".csv",
))]
async fn read_archive(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = s3(bucket = "archive-of-acme", prefix = "out/"))]
async fn read_out(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = s3(bucket = "archive-of-acme", suffix = ".log"))]
async fn read_logs(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

skylift::main!();
