use skylift::prelude::*;

pub struct Shop;

#[function]
async fn needs_a_shop(shop: State<Shop>) -> Result<(), Error> {
    let Shop = *shop;
    Ok(())
}

fn main() {}
