use skylift::prelude::*;

#[function]
async fn answers_nothing() {}

fn main() {}
