#![deny(warnings)]

use skylift::prelude::*;

pub struct Shelf(pub u8);

#[init]
async fn fills() -> Result<Shelf, String> {
    Ok(Shelf(3))
}

#[function]
async fn counts(State(shelf): State<Shelf>) -> Result<u8, Error> {
    Ok(shelf.0)
}

#[function(trigger = http("GET /shelf"))]
async fn shows(State(shelf): State<Shelf>) -> String {
    shelf.0.to_string()
}

#[function(trigger = sqs)]
async fn packs(item: Message<u8>, shelf: State<Shelf>, context: Context) -> Result<(), Error> {
    println!("{} {} {}", *item, shelf.0.0, context.request_id());
    Ok(())
}

fn main() {}
