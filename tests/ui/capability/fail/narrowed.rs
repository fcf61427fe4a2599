use skylift::calls::{Get, Put};
use skylift::prelude::*;

#[resource(bucket)]
pub struct NarrowFilms;

/// The client has the methods of the named calls alone.
#[function]
async fn lists(films: Reader<NarrowFilms, Get>) -> Result<(), Error> {
    films.get("key").await?;
    films.list("").all().await?;
    Ok(())
}

#[function]
async fn deletes_films(films: ReadWriter<NarrowFilms, (Get, Put)>) -> Result<(), Error> {
    films.put("key", "value").await?;
    films.delete("key").await?;
    Ok(())
}

fn main() {}
