use std::time::Duration;

use serde::{Deserialize, Serialize};
use skylift::prelude::*;
use skylift::resource::{UploadForm, UploadFormOptions};

#[derive(Serialize, Deserialize)]
pub struct Note {
    text: String,
}

#[resource(bucket)]
pub struct Files;

#[function(trigger = http("POST /files/{key}"))]
async fn post(
    files: Writer<Files>,
    Path(key): Path<String>,
    Json(note): Json<Note>,
) -> Result<StatusCode, Error> {
    files.put(&key, note.text).await?;
    Ok(StatusCode::ACCEPTED)
}

/// A capability may come last, in the position of an extractor of the body.
#[function(trigger = http("GET /files/{key}"))]
async fn get(Path(key): Path<String>, files: Reader<Files>) -> Result<StatusCode, Error> {
    let found = files.get(&key).await?;
    Ok(if found.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND })
}

/// A signer may do nothing itself: it lets a browser write one object.
#[function(trigger = http("POST /uploads/{key}"))]
async fn begin_upload(
    Path(key): Path<String>,
    files: UploadSigner<Files>,
) -> Result<Json<UploadForm>, Error> {
    let limits = UploadFormOptions::new(Duration::from_mins(5)).max_length(1_000_000);
    Ok(Json(files.upload_form(&key, limits).await?))
}

#[function(trigger = http("GET /links/{key}"))]
async fn link(files: DownloadSigner<Files>, Path(key): Path<String>) -> Result<String, Error> {
    files.download_url(&key, Duration::from_mins(5)).await
}

fn main() {}
