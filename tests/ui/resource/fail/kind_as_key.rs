use skylift::prelude::*;

#[resource(kind = bucket)]
pub struct Keyed;

fn main() {}
