use skylift::prelude::*;

pub struct Order {
    pub item: String,
}

#[function]
async fn takes_no_json(order: Order) -> Result<String, Error> {
    Ok(order.item)
}

fn main() {}
