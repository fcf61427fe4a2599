//! Makes a thumbnail of every picture that is put into one bucket, and puts it into another. What
//! the function may do stands in its signature: read the one bucket, write the other.

mod resize;

use skylift::prelude::*;

/// Pictures as they came.
#[resource(bucket)]
pub(crate) struct Uploads;

/// What was made of them.
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
        println!("{key}: gone before it could be read");
        return Ok(());
    };
    let small = resize::thumbnail(&picture).map_err(|error| {
        Error::new("NotAPicture", format!("`{key}` cannot be read as a picture: {error}"))
    })?;
    let name = resize::name(&key);
    thumbnails.put(&name, small).await?;
    println!("{key}: made {name}");
    Ok(())
}

skylift::main!();
