use skylift::prelude::*;

#[derive(Event)]
pub enum Objects {
    Whole(S3Event),
    Each(S3EventRecord),
}

fn main() {}
