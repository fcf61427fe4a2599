//! Registers the photos of a bucket and finds them by what they show. Two functions get the event of each uploaded
//! photo: one registers the photo, the other asks Amazon Rekognition for its labels.

mod labels;
mod photos;

use aws_sdk_rekognition::Client;
use skylift::prelude::*;

use crate::labels::Label;
use crate::photos::Photo;

/// The uploaded photos.
#[resource(bucket)]
pub(crate) struct Uploads;

/// Every photo of the bucket.
#[resource(table(key = "key", item = Photo))]
pub(crate) struct Photos;

/// What each photo shows, by the name of the label.
#[resource(table(
    key = "name",
    sort = "photo",
    item = Label,
    indexes(by_photo(key = "photo", sort = "name")),
))]
pub(crate) struct Labels;

/// Makes the client of Rekognition, with the configuration that the other clients have.
#[init]
async fn open() -> Result<Client, Error> {
    Ok(Client::new(skylift::aws::config()?))
}

skylift::main!();
