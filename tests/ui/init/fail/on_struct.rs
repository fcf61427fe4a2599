use skylift::prelude::*;

#[init]
pub struct Start;

fn main() {}
