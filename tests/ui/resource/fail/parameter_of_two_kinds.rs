use skylift::prelude::*;

#[resource(bucket(existing = param("Archive")))]
pub struct TwoKinds;

#[resource(queue(existing = param("Archive")))]
pub struct OtherKind;

fn main() {}
