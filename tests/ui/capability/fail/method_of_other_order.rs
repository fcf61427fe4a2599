use serde::{Deserialize, Serialize};
use skylift::prelude::*;

#[derive(Serialize, Deserialize)]
pub struct Line {
    text: String,
}

#[resource(queue(fifo, message = Line))]
pub struct Verses;

#[resource(queue(message = Line))]
pub struct Proverbs;

#[resource(queue)]
pub struct Anything;

/// A message to a FIFO queue needs its group.
#[function]
async fn recite(text: String, verses: Sender<Verses>) -> Result<(), Error> {
    verses.send(&Line { text }).await?;
    Ok(())
}

#[function]
async fn quote(text: String, proverbs: Sender<Proverbs>) -> Result<(), Error> {
    proverbs.send_to_group("poem", None, &Line { text }).await
}

/// A queue without `message` carries any JSON.
#[function]
async fn mumble(texts: Vec<String>, anything: Sender<Anything>) -> Result<(), Error> {
    anything.send_all(texts.into_iter().map(|text| Line { text })).await
}

fn main() {}
