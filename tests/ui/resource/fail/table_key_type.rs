use skylift::prelude::*;

#[resource(table(key = boolean("id")))]
pub struct ByTruth;

#[resource(table(key = "id", sort = float("at")))]
pub struct ByFloat;

fn main() {}
