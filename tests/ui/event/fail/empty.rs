use skylift::prelude::*;

#[derive(Event)]
pub enum Never {}

fn main() {}
