//! Imports files of any length into a table. The handler reads a part of a file, writes its articles to the table and
//! returns where the next part begins. The runtime continues from there, in the same invocation or a later one.

mod lines;

use serde::{Deserialize, Serialize};
use skylift::prelude::*;

/// How many bytes of a file one call of the handler reads.
const PART_SIZE: u64 = 64 * 1024;

/// The uploaded files, with one article as JSON in each line.
#[resource(bucket)]
pub(crate) struct Uploads;

/// The imported articles.
#[resource(table(key = "id", item = Article))]
pub(crate) struct Articles;

#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Article {
    id: String,
    name: String,
    cents: u32,
}

/// The position at which the import continues.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Position {
    /// The index of the file in the event.
    file: usize,
    /// How many bytes of the file are imported.
    offset: u64,
    /// How many articles of all files are imported.
    articles: usize,
}

/// Imports the uploaded files. If a part is imported twice, it writes the same articles again.
#[function(
    trigger = s3(bucket = Uploads, suffix = ".jsonl"),
    resume = queue,
    timeout = "15m",
    deadline_margin = "5s",
    memory = 512,
)]
async fn import(
    event: S3Event,
    Resume(position): Resume<Position>,
    uploads: Reader<Uploads>,
    articles: Writer<Articles>,
) -> Result<Progress<Position, usize>, Error> {
    let Position { file, offset, articles: done } = position.unwrap_or_default();
    let next_file = Position { file: file + 1, offset: 0, articles: done };
    let Some(record) = event.records.get(file) else {
        return Ok(Progress::Done(done));
    };
    let object = &record.s3.object;
    let key = object.url_decoded_key.as_deref().unwrap_or_default();
    let size = u64::try_from(object.size.unwrap_or_default())?;
    if offset >= size {
        return Ok(Progress::Continue(next_file));
    }
    let until = size.min(offset + PART_SIZE);
    // The event has the ETag of its file. All hops have the same event.
    let etag = object.e_tag.as_deref().unwrap_or_default();
    let part = uploads
        .get_range_if(key, offset..until, etag)
        .await
        .map_err(|error| explain_changed_file(key, error))?;
    let Some(part) = part else {
        println!("{key}: deleted before its end was read");
        return Ok(Progress::Continue(next_file));
    };
    let part = lines::complete_lines(&part, until == size).ok_or_else(|| {
        Error::new(
            "LineTooLong",
            format!("`{key}` has no end of a line in {PART_SIZE} bytes from byte {offset}"),
        )
    })?;
    let found = lines::parse_articles(part).map_err(|error| {
        Error::new("NotAnArticle", format!("`{key}` from byte {offset}: {error}"))
    })?;
    articles.put_all(&found).await?;
    Ok(Progress::Continue(Position {
        file,
        offset: offset + part.len() as u64,
        articles: done + found.len(),
    }))
}

/// Explains the error of a file that was replaced during the import. Parts of both files together would give wrong
/// articles.
fn explain_changed_file(key: &str, error: Error) -> Error {
    if error.name() != "PreconditionFailed" {
        return error;
    }
    let message =
        format!("`{key}` was replaced during the import: the event of the new file imports it");
    Error::new("FileChanged", message)
}

skylift::main!();
