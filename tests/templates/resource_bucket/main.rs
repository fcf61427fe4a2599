use skylift::prelude::*;

#[resource(bucket)]
pub struct Uploads;

#[resource(bucket(name = "thumbnails-of-acme", versioned, id = "Thumbs"))]
pub struct Thumbnails;

#[function(
    env(UPLOADS = Uploads, THUMBNAILS = Thumbnails),
    allow(actions = ["s3:GetObject"], resources = [Uploads]),
    allow(actions = ["s3:PutObject"], resources = [Thumbnails]),
)]
async fn resize() -> Result<(), Error> {
    Ok(())
}

#[function(trigger = s3(bucket = Thumbnails))]
async fn count(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

/// Lets a browser write one object, and read one.
#[function]
async fn share(
    uploads: UploadSigner<Uploads>,
    thumbnails: DownloadSigner<Thumbnails>,
) -> Result<(), Error> {
    drop((uploads, thumbnails));
    Ok(())
}

skylift::main!();
