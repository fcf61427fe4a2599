use serde::{Deserialize, Serialize};
use skylift::prelude::*;

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

fn main() {}
