use skylift::prelude::*;

#[resource(table(key = "id", name = "orders"))]
pub struct Orders;

#[resource(table(key = "id", name = "orders"))]
pub struct OtherOrders;

#[resource(table(key = "id", existing = "orders"))]
pub struct OldOrders;

/// A topic and a table may have the same name.
#[resource(topic(name = "orders"))]
pub struct News;

fn main() {}
