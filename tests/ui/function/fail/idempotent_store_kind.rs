use skylift::prelude::*;

#[resource(queue)]
pub struct Errands;

#[function(idempotent(key = "$.id", store = Errands))]
async fn store_in_a_queue() -> Result<(), Error> {
    Ok(())
}

fn main() {}
