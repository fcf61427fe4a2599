use skylift::prelude::*;

#[resource(queue(retention = "1m", visibility = "5m"))]
pub struct Forgetful;

#[resource(queue(retention = "1m", delay = "2m"))]
pub struct NeverSeen;

fn main() {}
