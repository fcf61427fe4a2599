use skylift::prelude::*;

#[resource(queue(name = "my jobs"))]
pub struct Spaced;

fn main() {}
