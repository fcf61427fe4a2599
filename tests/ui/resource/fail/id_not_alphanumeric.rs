use skylift::prelude::*;

#[resource(bucket(id = "up_loads"))]
pub struct Underscored;

fn main() {}
