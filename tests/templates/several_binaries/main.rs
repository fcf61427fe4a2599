use skylift::prelude::*;

#[function(trigger = http("GET /orders/{id}"))]
async fn show(Path(id): Path<String>) -> Result<String, Error> {
    Ok(id)
}

skylift::main!();
