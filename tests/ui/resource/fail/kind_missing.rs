use skylift::prelude::*;

#[resource]
pub struct Nothing;

#[resource()]
pub struct Neither;

fn main() {}
