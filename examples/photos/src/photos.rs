//! Which photos the bucket has.

use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};
use skylift::calls::{BatchGet, BatchWrite, Delete, Put, Query};
use skylift::prelude::*;

use crate::{Labels, Photos, Uploads};

/// A photo of the bucket.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Photo {
    /// The key of the object.
    pub(crate) key: String,
    /// The size, in bytes.
    pub(crate) size: u64,
    /// The time of the upload, in seconds since 1970.
    pub(crate) uploaded_at: u64,
}

/// Registers an uploaded photo.
///
/// Events can arrive late and out of order, so `register` asks the bucket whether it still has the photo.
#[function(trigger = s3(bucket = Uploads, through = event_bridge))]
async fn register(
    upload: S3EventRecord,
    uploads: Reader<Uploads>,
    photos: Writer<Photos, Put>,
) -> Result<(), Error> {
    let key = upload.s3.object.url_decoded_key.unwrap_or_default();
    let Some(object) = uploads.head(&key).await? else {
        println!("{key}: deleted before it was registered");
        return Ok(());
    };
    let uploaded_at = object.modified.duration_since(UNIX_EPOCH)?.as_secs();
    photos.put(&Photo { key, size: object.size, uploaded_at }).await
}

/// Forgets a deleted photo and its labels.
#[function(trigger = s3(bucket = Uploads, events = "ObjectRemoved:*", through = event_bridge))]
async fn forget(
    removal: S3EventRecord,
    photos: Writer<Photos, Delete>,
    labels: ReadWriter<Labels, (Query, BatchWrite)>,
) -> Result<(), Error> {
    let photo = removal.s3.object.url_decoded_key.unwrap_or_default();
    photos.delete(&photo).await?;
    let shown = labels.index("by_photo").query(photo.as_str()).all().await?;
    labels.delete_all(shown.iter().map(|it| (&*it.name, &*it.photo))).await
}

/// Finds the photos that have a label, such as Beach. Photos that were deleted are left out.
#[function]
async fn find(
    label: String,
    labels: Reader<Labels, Query>,
    photos: Reader<Photos, BatchGet>,
) -> Result<Vec<Photo>, Error> {
    let shown = labels.query(&label).all().await?;
    photos.get_all(shown.iter().map(|it| &*it.photo)).await
}
