//! `Starter`: a standard workflow does not answer, and only a state machine is started.

use skylift::prelude::*;

#[resource(queue)]
struct Labels;

#[resource(state_machine(existing = "checkout", input = u32))]
struct Checkout;

#[function]
async fn wait(cents: u32, checkout: Starter<Checkout>) -> Result<(), Error> {
    checkout.start_sync(&cents).await?;
    Ok(())
}

#[function]
async fn other_input(checkout: Starter<Checkout>) -> Result<String, Error> {
    checkout.start("seven").await
}

#[function]
async fn no_machine(labels: Starter<Labels>) -> Result<(), Error> {
    Ok(())
}

fn main() {}
