use skylift::prelude::*;

#[resource(bucket)]
pub struct Generic<T>;

fn main() {}
