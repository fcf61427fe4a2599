use skylift::prelude::*;

#[derive(Event)]
pub struct Upload(S3Event);

fn main() {}
