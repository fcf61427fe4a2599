use skylift::prelude::*;

#[init]
async fn gives_nothing() {}

fn main() {}
