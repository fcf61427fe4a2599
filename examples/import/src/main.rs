//! Imports files of any length into a table: reads a part of the file, puts its articles into the table,
//! and says where the next part begins. The runtime goes on from there, in this invocation or another.

mod lines;

use serde::{Deserialize, Serialize};
use skylift::prelude::*;

/// How much of a file one call of the handler takes, in bytes.
const PART: u64 = 64 * 1024;

/// Files of articles, a line of JSON each.
#[resource(bucket)]
pub(crate) struct Uploads;

/// What was in them.
#[resource(table(key = "id", item = Article))]
pub(crate) struct Articles;

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Article {
    id: String,
    name: String,
    cents: u32,
}

/// Where the import goes on.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Place {
    /// Which of the event's files.
    file: usize,
    /// How many bytes of it are in the table.
    offset: u64,
    /// How many articles, of all files.
    articles: usize,
}

/// Imports what was uploaded. A part that comes twice puts the same articles in place of themselves.
#[function(
    trigger = s3(bucket = Uploads, suffix = ".jsonl"),
    resume = queue,
    timeout = "15m",
    deadline_margin = "5s",
    memory = 512,
)]
async fn import(
    event: S3Event,
    Resume(place): Resume<Place>,
    uploads: Reader<Uploads>,
    articles: Writer<Articles>,
) -> Result<Progress<Place, usize>, Error> {
    let Place { file, offset, articles: done } = place.unwrap_or_default();
    let next_file = Place { file: file + 1, offset: 0, articles: done };
    let Some(record) = event.records.get(file) else {
        return Ok(Progress::Done(done));
    };
    let object = &record.s3.object;
    let key = object.url_decoded_key.as_deref().unwrap_or_default();
    let size = u64::try_from(object.size.unwrap_or_default())?;
    if offset >= size {
        return Ok(Progress::Continue(next_file));
    }
    let until = size.min(offset + PART);
    // The event has the tag of the file that it is about, and is the same in all hops.
    let etag = object.e_tag.as_deref().unwrap_or_default();
    let part = uploads
        .get_range_if(key, offset..until, etag)
        .await
        .map_err(|error| changed(key, error))?;
    let Some(part) = part else {
        println!("{key}: gone before it was read to its end");
        return Ok(Progress::Continue(next_file));
    };
    let part = lines::whole(&part, until == size).ok_or_else(|| {
        Error::new("LineTooLong", format!("`{key}` has no line end in {PART} bytes at {offset}"))
    })?;
    let found = lines::articles(part).map_err(|error| {
        Error::new("NotAnArticle", format!("`{key}` from byte {offset}: {error}"))
    })?;
    articles.put_all(&found).await?;
    Ok(Progress::Continue(Place {
        file,
        offset: offset + part.len() as u64,
        articles: done + found.len(),
    }))
}

/// Two files read as one would be articles of neither.
fn changed(key: &str, error: Error) -> Error {
    if error.name() != "PreconditionFailed" {
        return error;
    }
    let message =
        format!("`{key}` was uploaded anew while it was read: its own event imports the new one");
    Error::new("FileChanged", message)
}

skylift::main!();
