use skylift::prelude::*;

#[resource(topic(name = "a.b"))]
pub struct Topic;

#[resource(stream(name = "a b"))]
pub struct Stream;

#[resource(bus(name = "default"))]
pub struct Bus;

#[resource(secret(name = "a!"))]
pub struct Secret;

#[resource(parameter(value = "1", name = "/aws/limit"))]
pub struct Parameter;

#[resource(table(key = "id", name = "ab"))]
pub struct Table;

fn main() {}
