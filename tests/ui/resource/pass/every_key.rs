#![deny(warnings)]

use skylift::prelude::*;

#[resource(bucket(name = "uploads-of-acme", versioned, id = "UploadsOfAcme"))]
pub struct Uploads;

#[resource(bucket(versioned = false))]
struct Plain;

#[resource(queue(name = "steps.fifo", fifo, visibility = "5m", dead_letters(after = 3), id = "StepsOfAcme"))]
pub(crate) struct Steps;

#[resource(queue(message = Vec<String>))]
struct Lines;

#[derive(serde::Serialize, serde::Deserialize)]
struct Page<T, U> {
    id: String,
    content: T,
    more: Option<U>,
}

#[resource(table(key = "id", item = Page<String, Vec<u8>>))]
struct Pages;

mod nested {
    use skylift::prelude::*;

    #[resource(queue)]
    pub struct Far;
}

fn main() {
    let _ = (Uploads, Plain, Steps, Lines, Pages, nested::Far);
    let Page { id: _, content: _, more: _ } = Page::<(), ()> { id: String::new(), content: (), more: None };
}
