use skylift::Writer as W;
use skylift::prelude::*;

#[resource(bucket)]
pub struct Scans;

/// An HTTP handler would use the renamed capability as an ordinary extractor.
#[function(trigger = http("GET /"))]
async fn store(scans: W<Scans>) -> Result<(), Error> {
    drop(scans);
    Ok(())
}

fn main() {}
