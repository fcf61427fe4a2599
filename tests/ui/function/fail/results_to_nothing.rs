use skylift::prelude::*;

#[resource(table(key = "id"))]
pub struct Orders;

#[function(on_failure = Lost)]
async fn first() -> Result<(), Error> {
    Ok(())
}

#[function(on_success = Orders)]
async fn second() -> Result<(), Error> {
    Ok(())
}

#[function(on_success = notfy)]
async fn third() -> Result<(), Error> {
    Ok(())
}

#[function]
async fn notify() -> Result<(), Error> {
    Ok(())
}

skylift::main!();
