use skylift::prelude::*;

#[resource(stream(shards = 0))]
pub struct NoShards;

#[resource(stream(retention = "90m"))]
pub struct ShortRetention;

#[resource(secret(generate(length = 2)))]
pub struct ShortSecret;

#[resource(parameter)]
pub struct NoValue;

fn main() {}
