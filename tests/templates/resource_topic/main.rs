//% [dependencies.serde]
//% version = "1"
//% features = ["derive"]
use serde::Serialize;
use skylift::prelude::*;

#[derive(Serialize)]
pub struct News {
    title: String,
}

#[resource(topic(message = News))]
pub struct Standard;

#[resource(topic(fifo))]
pub struct InTurn;

#[resource(topic(name = "open-to-all", tls_only = false))]
pub struct Open;

#[function]
async fn tell(
    standard: Publisher<Standard>,
    in_turn: Publisher<InTurn>,
    open: Publisher<Open>,
) -> Result<(), Error> {
    let _ = (standard, in_turn, open);
    Ok(())
}

skylift::main!();
