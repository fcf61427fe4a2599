use skylift::prelude::*;

#[derive(serde::Deserialize)]
pub struct Seed {
    table: String,
}

#[function(trigger = custom_resource)]
async fn takes_a_plain_type(seed: Seed) -> Result<(), Error> {
    println!("{}", seed.table);
    Ok(())
}

#[function(trigger = custom_resource)]
async fn answers_with_its_data(request: CustomResource<Seed>) -> Result<String, Error> {
    Ok(request.properties.table)
}

pub struct Undecodable;

#[function(trigger = custom_resource)]
async fn has_properties_without_derive(
    _request: CustomResource<Undecodable>,
) -> Result<CustomResourceAnswer, Error> {
    Ok(CustomResourceAnswer::new())
}

#[function(trigger = custom_resource(resource = "Seed"))]
async fn names_a_resource_in_quotes(_request: CustomResource<Seed>) -> Result<(), Error> {
    Ok(())
}

#[function(trigger = custom_resource(service_timeout = "30s"))]
async fn has_a_key_of_the_overlay(_request: CustomResource<Seed>) -> Result<(), Error> {
    Ok(())
}

#[function(trigger = cloudformation)]
async fn uses_a_word_of_another_tool(_request: CustomResource<Seed>) -> Result<(), Error> {
    Ok(())
}

#[function(trigger = custom_resource(resource = overlay("Seed")))]
async fn has_no_overlay(_request: CustomResource<Seed>) -> Result<(), Error> {
    Ok(())
}

fn main() {}
