use skylift::prelude::*;

#[function(properties = { "Handler": "other", "Layers": [] })]
async fn overrides_the_handler() -> Result<(), Error> {
    Ok(())
}

#[function(properties = ["Layers"])]
async fn properties_as_list() -> Result<(), Error> {
    Ok(())
}

#[function(properties = { "Layers" })]
async fn property_without_value() -> Result<(), Error> {
    Ok(())
}

fn main() {}
