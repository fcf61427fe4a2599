//% [dependencies.serde]
//% version = "1"
//% features = ["derive"]
use serde::{Deserialize, Serialize};
use skylift::prelude::*;

#[derive(Serialize, Deserialize)]
pub struct Turn {
    left: u32,
}

/// Invokes another function, which invokes this one.
#[function(recursive_loop = allow)]
async fn ping(turn: Turn, other: Invoker<pong>) -> Result<u32, Error> {
    let _ = other;
    Ok(turn.left)
}

#[function(timeout = "10s", recursive_loop = terminate)]
async fn pong(turn: Turn, other: Invoker<ping>, me: Invoker<pong>) -> Result<(), Error> {
    let _ = (turn, other, me);
    Ok(())
}

/// Has a name set by the user.
#[function(name = "report-of-acme")]
async fn report() -> Result<(), Error> {
    Ok(())
}

/// Has an alias.
#[function(provisioned_concurrency = 1)]
async fn quick() -> Result<String, Error> {
    Ok(String::new())
}

#[function(trigger = http("GET /all"))]
async fn all(
    ping: Invoker<ping>,
    report: Invoker<report>,
    quick: Invoker<quick>,
) -> Result<String, Error> {
    let _ = (ping, report, quick);
    Ok(String::new())
}

skylift::main!();
