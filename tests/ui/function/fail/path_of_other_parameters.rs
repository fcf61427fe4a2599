use serde::Deserialize;
use skylift::prelude::*;

#[derive(Deserialize)]
pub struct ShelfParams {
    shelf: String,
    ident: u32,
}

#[derive(Deserialize)]
pub struct ShelfId(u32);

#[function(trigger = http("GET /shelves/{shelf}/books/{id}"))]
async fn needs_an_ident(Path(params): Path<ShelfParams>) -> String {
    format!("{} {}", params.shelf, params.ident)
}

#[function(trigger = http("GET /shelves/{shelf}/{id}"))]
async fn takes_one_of_two(context: Context, Path(id): Path<ShelfId>) -> String {
    format!("{} {}", context.request_id(), id.0)
}

fn main() {}
