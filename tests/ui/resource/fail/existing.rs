use skylift::prelude::*;

#[resource(bucket(existing = "uploads-of-acme", versioned))]
pub struct Versioned;

#[resource(queue(existing = "arn:aws:sns:eu-west-1:123456789012:jobs"))]
pub struct WrongService;

#[resource(table(existing = "orders", key = "id", stream = new))]
pub struct Streaming;

fn main() {}
