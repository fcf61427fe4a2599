use skylift::prelude::*;

#[resource(bucket)]
pub struct WithFields {
    name: String,
}

#[resource(bucket)]
pub struct WithTuple(String);

fn main() {}
