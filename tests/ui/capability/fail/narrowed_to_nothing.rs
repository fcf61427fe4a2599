use skylift::calls::{Get, List as Delete, Put, Query};
use skylift::prelude::*;

#[resource(bucket)]
pub struct NarrowClips;

#[resource(secret)]
pub struct NarrowPassword;

#[function]
async fn of_another_kind(_clips: Reader<NarrowClips, (Get, Query)>) -> Result<(), Error> {
    Ok(())
}

#[function]
async fn of_another_access(_clips: Reader<NarrowClips, Put>) -> Result<(), Error> {
    Ok(())
}

#[function]
async fn of_a_kind_without_calls(_password: Reader<NarrowPassword, Get>) -> Result<(), Error> {
    Ok(())
}

#[function]
async fn misspelt(_clips: Reader<NarrowClips, Lst>) -> Result<(), Error> {
    Ok(())
}

#[function]
async fn twice(_clips: ReadWriter<NarrowClips, (Get, Get)>) -> Result<(), Error> {
    Ok(())
}

#[function]
async fn none(_clips: Reader<NarrowClips, ()>) -> Result<(), Error> {
    Ok(())
}

/// The build step reads names: another call under this name would get another policy.
#[function]
async fn renamed(_clips: Writer<NarrowClips, Delete>) -> Result<(), Error> {
    Ok(())
}

fn main() {}
