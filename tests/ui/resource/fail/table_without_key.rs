use skylift::prelude::*;

#[resource(table)]
pub struct Orders;

fn main() {}
