use skylift::prelude::*;

#[resource(bucket)]
pub struct Sketches;

#[resource(bucket(id = "sketches"))]
pub struct Drawings;

#[resource(bucket)]
pub struct SthreeFiles;

#[resource(bucket(name = "xn--photos"))]
pub struct Punycode;

#[resource(queue)]
pub struct Api;

#[function(trigger = http("GET /"))]
async fn beside_queue_api() -> Result<String, Error> {
    Ok(String::new())
}

fn main() {}
