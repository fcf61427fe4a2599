use skylift::prelude::*;

#[resource(queue)]
pub struct Work;

#[resource(queue)]
pub struct WorkDeadLetters;

fn main() {}
