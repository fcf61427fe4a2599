use skylift::prelude::*;

#[resource(bukket)]
pub struct Misspelt;

#[resource(blackboard)]
pub struct OfNoKind;

fn main() {}
