#![deny(warnings)]

use skylift::prelude::*;

#[derive(Debug)]
pub struct SoldOut;

impl std::fmt::Display for SoldOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("sold out")
    }
}

impl std::error::Error for SoldOut {}

#[function]
async fn fails_in_its_own_way(item: u32) -> Result<u32, SoldOut> {
    if item == 0 { Err(SoldOut) } else { Ok(item) }
}

#[function]
async fn fails_with_text(item: u64) -> Result<u64, String> {
    if item == 0 { Err("none".to_owned()) } else { Ok(item) }
}

#[function(trigger = http("GET /fails"))]
async fn fails_as_page() -> Result<&'static str, Error> {
    Err(SoldOut)?
}

#[function(trigger = http("GET /opaque"))]
async fn answers_something() -> impl IntoResponse {
    (StatusCode::CREATED, "made")
}

fn main() {}
