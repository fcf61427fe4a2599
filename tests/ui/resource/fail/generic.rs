use skylift::prelude::*;

#[resource(bucket)]
pub struct Generic<const N: usize>;

fn main() {}
