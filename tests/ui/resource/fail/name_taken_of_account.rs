use skylift::prelude::*;

#[resource(table(key = "id", name = "orders"))]
pub struct Orders;

#[resource(table(key = "id", name = "orders"))]
pub struct OtherOrders;

#[resource(table(key = "id", existing = "orders"))]
pub struct OldOrders;

/// A topic's name is another thing than a table's.
#[resource(topic(name = "orders"))]
pub struct News;

fn main() {}
