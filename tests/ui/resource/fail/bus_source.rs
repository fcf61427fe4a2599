use skylift::prelude::*;

#[resource(bus(source = "aws.orders"))]
pub struct Events;

fn main() {}
