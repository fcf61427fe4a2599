use skylift::prelude::*;

#[function]
pub struct Handler;

fn main() {}
