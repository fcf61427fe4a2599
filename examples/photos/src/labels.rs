//! What the photos show. Amazon Rekognition reads a photo from the bucket itself, with the permissions of the function.

use aws_sdk_rekognition::Client;
use aws_sdk_rekognition::error::SdkError;
use aws_sdk_rekognition::operation::detect_labels::DetectLabelsError;
use aws_sdk_rekognition::types::{Image, Label as Detected, S3Object};
use serde::{Deserialize, Serialize};
use skylift::calls::{BatchWrite, Get};
use skylift::prelude::*;

use crate::{Labels, Uploads};

/// The most labels of a photo.
const MAX_LABELS: i32 = 10;

/// How certain a label has to be, in percent.
const MIN_CONFIDENCE: f32 = 80.0;

/// A label of a photo: something that it shows.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
pub(crate) struct Label {
    /// The name of the label: `Beach`.
    pub(crate) name: String,
    /// The photo.
    pub(crate) photo: String,
    /// How certain Rekognition is, in percent.
    pub(crate) confidence: f32,
}

/// Labels an uploaded photo. Files that are no JPEG or PNG have no labels.
#[function(
    trigger = s3(bucket = Uploads, through = event_bridge),
    allow(actions = ["rekognition:DetectLabels"], resources = ["*"]),
    timeout = "20s",
)]
async fn label(
    upload: S3EventRecord,
    rekognition: State<Client>,
    uploads: Reader<Uploads, Get>,
    labels: Writer<Labels, BatchWrite>,
) -> Result<(), Error> {
    let photo = upload.s3.object.url_decoded_key.unwrap_or_default();
    let object = S3Object::builder().bucket(uploads.name()).name(&photo).build();
    let request = rekognition.detect_labels().image(Image::builder().s3_object(object).build());
    let answer = request.max_labels(MAX_LABELS).min_confidence(MIN_CONFIDENCE).send().await;
    let refused = answer.as_ref().err().and_then(SdkError::as_service_error);
    if refused.is_some_and(DetectLabelsError::is_invalid_image_format_exception) {
        println!("{photo}: neither a JPEG nor a PNG");
        return Ok(());
    }
    let detected = answer?.labels.unwrap_or_default();
    let shown = name_labels(&photo, detected);
    labels.put_all(&shown).await?;
    println!("{photo}: {} labels", shown.len());
    Ok(())
}

/// Returns the items for the labels of a photo. A label without a name cannot be found, and is left out.
fn name_labels(photo: &str, detected: Vec<Detected>) -> Vec<Label> {
    let item = |it: Detected| {
        let confidence = it.confidence.unwrap_or_default();
        it.name.map(|name| Label { name, photo: photo.to_owned(), confidence })
    };
    detected.into_iter().filter_map(item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_label_with_a_name_is_an_item() {
        let detected = vec![
            Detected::builder().name("Beach").confidence(97.5).build(),
            Detected::builder().confidence(90.0).build(),
        ];
        let beach = Label { name: "Beach".into(), photo: "a.jpg".into(), confidence: 97.5 };
        assert_eq!(name_labels("a.jpg", detected), [beach]);
    }
}
