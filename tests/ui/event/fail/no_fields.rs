use skylift::prelude::*;

#[derive(Event)]
pub enum Bare {
    Object { event: S3Event },
    Tick,
}

fn main() {}
