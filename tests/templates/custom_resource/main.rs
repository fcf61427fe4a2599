//% [package.metadata.skylift]
//% overlay = "overlay.yaml"
//% [dependencies.serde]
//% version = "1"
//% features = ["derive"]
use serde::{Deserialize, Serialize};
use skylift::event::custom_resource::RequestKind;
use skylift::prelude::*;

#[resource(table(key = "id"))]
pub struct Orders;

#[resource(table(key = "id", ttl = "gone_at"))]
pub struct Seen;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Seed {
    table: String,
    rows: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Seeded {
    rows: u32,
}

/// Serves a resource that its trigger names. A repeated request gets the same answer.
#[function(
    trigger = custom_resource(resource = overlay("Seed")),
    idempotent(key = "$.RequestId", store = Seen),
    timeout = "1m",
    deadline_margin = "5s"
)]
async fn seeder(
    request: CustomResource<Seed>,
    _orders: Writer<Orders>,
) -> Result<CustomResourceAnswer<Seeded>, Error> {
    let Seed { table, rows } = request.properties;
    if let RequestKind::Delete = request.kind {
        return Ok(CustomResourceAnswer::new());
    }
    Ok(CustomResourceAnswer::with_data(Seeded { rows }).with_physical_id(table))
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Domain {
    name: String,
}

/// Serves the resources of the overlay whose token is its alias.
#[function(trigger = custom_resource, provisioned_concurrency = 1)]
async fn verify(request: CustomResource<Domain, serde::de::IgnoredAny>) -> Result<(), Error> {
    println!("{}", request.properties.name);
    Ok(())
}

skylift::main!();
