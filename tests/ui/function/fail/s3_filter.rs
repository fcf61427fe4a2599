use skylift::prelude::*;

#[function(trigger = s3(suffix = "*.png"))]
async fn with_a_wildcard(event: S3Event) -> Result<(), Error> {
    let _ = event;
    Ok(())
}

#[function(trigger = s3(prefix = "/uploads"))]
async fn from_the_root(event: S3Event) -> Result<(), Error> {
    let _ = event;
    Ok(())
}

#[function(trigger = s3(bucket = "archive-of-acme", prefix = "year%3D2026/"))]
async fn encoded_already(event: S3Event) -> Result<(), Error> {
    let _ = event;
    Ok(())
}

fn main() {}
