use skylift::prelude::*;

#[resource(queue(visibility = "13h"))]
pub struct Patient;

fn main() {}
