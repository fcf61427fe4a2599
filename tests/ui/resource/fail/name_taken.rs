use skylift::prelude::*;

#[resource(bucket(name = "uploads-of-acme"))]
pub struct First;

#[resource(bucket(name = "uploads-of-acme"))]
pub struct Second;

fn main() {}
