use skylift::prelude::*;

#[resource(table(key = number("id"), ttl = "expires"))]
pub struct Numbered;

#[resource(table(key = "id", sort = "at", ttl = "expires"))]
pub struct Sorted;

#[resource(table(key = "id"))]
pub struct Lasting;

#[resource(table(key = "owner", ttl = "expires"))]
pub struct Owned;

#[function(idempotent(key = "$.id", store = Numbered))]
async fn store_by_number() -> Result<(), Error> {
    Ok(())
}

#[function(idempotent(key = "$.id", store = Sorted))]
async fn store_with_a_sort_key() -> Result<(), Error> {
    Ok(())
}

#[function(idempotent(key = "$.id", store = Lasting))]
async fn store_that_does_not_expire() -> Result<(), Error> {
    Ok(())
}

#[function(idempotent(key = "$.id", store = Owned))]
async fn store_with_another_owner() -> Result<(), Error> {
    Ok(())
}

fn main() {}
