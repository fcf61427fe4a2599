use skylift::prelude::*;

#[resource(bucket(versionned))]
pub struct Kept;

#[resource(queue(visibility_timeout = "5m"))]
pub struct Hidden;

#[resource(bucket, versioned)]
pub struct Beside;

#[resource(bucket, name = "uploads-of-acme")]
pub struct BesideToo;

fn main() {}
