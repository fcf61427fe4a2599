use skylift::prelude::*;

#[resource(table(key = "id", properties = { "TableName": "orders" }))]
pub struct Orders;

fn main() {}
