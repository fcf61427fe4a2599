use skylift::prelude::*;

#[derive(Event)]
pub enum Any<T> {
    Object(S3Event),
    Other(T),
}

fn main() {}
