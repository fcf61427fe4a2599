use skylift::prelude::*;

#[function]
async fn thumbnail() -> Result<(), Error> {
    Ok(())
}

#[function(trigger = http("GET /"))]
async fn page() -> &'static str {
    "hello"
}

async fn helper() {}

#[function]
async fn misspelt(other: Invoker<thumbnails>) -> Result<(), Error> {
    drop(other);
    Ok(())
}

#[function]
async fn no_function(other: Invoker<helper>) -> Result<(), Error> {
    drop(other);
    Ok(())
}

#[function]
async fn behind_a_route(other: Invoker<page>) -> Result<(), Error> {
    drop(other);
    Ok(())
}

fn main() {
    let _ = helper;
}
