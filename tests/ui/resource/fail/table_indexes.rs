use skylift::prelude::*;

#[resource(table(key = "id", indexes(by_day(sort = "day"))))]
pub struct LocalWithoutSort;

#[resource(table(key = "id", indexes(by_id(key = number("id")))))]
pub struct TwoTypes;

#[resource(table(key = "id", indexes(by_day(key = "day"), by_day(key = "month"))))]
pub struct Twice;

fn main() {}
