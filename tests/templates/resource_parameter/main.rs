use skylift::prelude::*;

#[resource(parameter(value = "50"))]
pub struct Limit;

#[resource(parameter(value = "https://example.com", name = "/app/partner/url"))]
pub struct Partner;

#[resource(parameter(existing = "/app/partner/key"))]
pub struct PartnerKey;

#[function]
async fn call(
    limit: Reader<Limit>,
    partner: Reader<Partner>,
    key: Reader<PartnerKey>,
) -> Result<(), Error> {
    let _ = (limit, partner, key);
    Ok(())
}

skylift::main!();
