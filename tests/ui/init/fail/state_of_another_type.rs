use std::sync::Arc;

use skylift::prelude::*;

pub struct Library;
pub struct Catalogue;

#[init]
async fn open_the_library() -> Result<Library, Error> {
    Ok(Library)
}

#[function]
async fn takes_the_catalogue(State(catalogue): State<Catalogue>) -> Result<(), Error> {
    let Catalogue = *catalogue;
    Ok(())
}

#[function]
async fn takes_a_shared_library(context: Context, library: State<Arc<Library>>) -> Result<(), Error> {
    println!("{}", context.request_id());
    let Library = **library;
    Ok(())
}

#[function]
async fn takes_the_library(library: State<Library>) -> Result<(), Error> {
    let Library = *library;
    Ok(())
}

fn main() {}

#[allow(dead_code)]
type Shared = Arc<Library>;
