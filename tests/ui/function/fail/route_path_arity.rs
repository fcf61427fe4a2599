use skylift::prelude::*;

#[function(trigger = http("GET /shelves/{shelf}"))]
async fn two_of_one(Path((shelf, book)): Path<(String, String)>) -> String {
    shelf + &book
}

#[function(trigger = http("GET /shelves"))]
async fn one_of_none(Path(shelf): Path<String>) -> String {
    shelf
}

#[function(trigger = http("GET /shelves/{shelf}/books/{book}"))]
async fn one_of_two(Path(book): Path<u32>) -> String {
    book.to_string()
}

fn main() {}
