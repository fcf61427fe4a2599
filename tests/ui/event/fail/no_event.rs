use skylift::prelude::*;

#[derive(Event)]
pub enum Mixed {
    Object(S3Event),
    Text(String),
}

fn main() {}
