use skylift::prelude::*;

pub struct Cart;

#[function(trigger = http("POST /carts"))]
async fn takes_no_extractor(cart: Cart) -> Result<(), Error> {
    let Cart = cart;
    Ok(())
}

fn main() {}
