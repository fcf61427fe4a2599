use skylift::prelude::*;

#[resource(queue(dead_letters(after = 0)))]
pub struct Never;

#[resource(queue(dead_letters = 5))]
pub struct WithoutParentheses;

fn main() {}
