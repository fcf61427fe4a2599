use skylift::Writer as W;
use skylift::prelude::*;

#[resource(bucket)]
pub struct Scans;

/// An HTTP handler would take it for an extractor like others.
#[function(trigger = http("GET /"))]
async fn store(scans: W<Scans>) -> Result<(), Error> {
    drop(scans);
    Ok(())
}

fn main() {}
