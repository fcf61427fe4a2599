use skylift::prelude::*;

#[resource(queue)]
pub enum Lines {
    One,
}

fn main() {}
