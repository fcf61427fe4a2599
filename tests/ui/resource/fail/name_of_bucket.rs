use skylift::prelude::*;

#[resource(bucket(name = "Uploads"))]
pub struct UpperCase;

#[resource(bucket(name = "ab"))]
pub struct TooShort;

#[resource(bucket(name = "192.168.0.1"))]
pub struct LikeAnAddress;

fn main() {}
