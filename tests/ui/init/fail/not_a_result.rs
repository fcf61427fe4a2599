use skylift::prelude::*;

#[init]
async fn gives_a_number() -> u64 {
    4
}

fn main() {}
