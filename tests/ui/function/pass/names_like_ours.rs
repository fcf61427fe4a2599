#![deny(warnings)]

use skylift::prelude::*;

pub mod core {}
pub mod std {}

pub struct Function;
pub struct Handler;
pub struct Result2;
pub struct Call;

#[function]
async fn call(event: u8, context: Context) -> Result<u8, Error> {
    println!("{}", context.request_id());
    Ok(event)
}

#[function]
async fn event(event: u16) -> Result<u16, Error> {
    Ok(event)
}

#[function(trigger = http("GET /request"))]
async fn request(Path(()): Path<()>, request: String) -> String {
    request
}

#[function(trigger = http("GET /parts/{id}"))]
async fn parts(Path(parts): Path<String>, body: String) -> String {
    parts + &body
}

#[function]
async fn run() -> Result<(), Error> {
    Ok(())
}

#[function]
async fn start() -> Result<(), Error> {
    Ok(())
}

fn main() {}
