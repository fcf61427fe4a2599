use skylift::prelude::*;

#[resource(queue(visibility = "1m", visibility = "2m"))]
pub struct Twice;

fn main() {}
