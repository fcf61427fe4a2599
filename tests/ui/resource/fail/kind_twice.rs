use skylift::prelude::*;

#[resource(bucket, queue)]
pub struct Both;

fn main() {}
