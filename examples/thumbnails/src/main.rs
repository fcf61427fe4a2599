//! Makes a thumbnail of every picture that is uploaded to one bucket, and stores it in another. The parameters of the
//! function are its permissions: it may read the one bucket and write to the other.

mod resize;

use skylift::prelude::*;

/// The uploaded pictures.
#[resource(bucket)]
pub(crate) struct Uploads;

/// The thumbnails.
#[resource(bucket)]
pub(crate) struct Thumbnails;

/// Makes the thumbnail of one picture.
#[function(trigger = s3(bucket = Uploads, events = "ObjectCreated:*"), memory = 1024, timeout = "30s")]
async fn thumbnail(
    upload: S3EventRecord,
    uploads: Reader<Uploads>,
    thumbnails: Writer<Thumbnails>,
) -> Result<(), Error> {
    let key = upload.s3.object.url_decoded_key.unwrap_or_default();
    let Some(picture) = uploads.get(&key).await? else {
        println!("{key}: deleted before it was read");
        return Ok(());
    };
    let small = resize::make_thumbnail(&picture).map_err(|error| {
        Error::new("NotAPicture", format!("`{key}` cannot be read as a picture: {error}"))
    })?;
    let name = resize::thumbnail_name(&key);
    thumbnails.put(&name, small).await?;
    println!("{key}: created {name}");
    Ok(())
}

skylift::main!();
