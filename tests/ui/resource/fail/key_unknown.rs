use skylift::prelude::*;

#[resource(bucket(versionned))]
pub struct Kept;

#[resource(queue(visibility_timeout = "5m"))]
pub struct Hidden;

#[resource(bucket, versioned)]
pub struct Beside;

fn main() {}
