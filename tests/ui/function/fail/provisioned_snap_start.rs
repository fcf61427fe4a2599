use skylift::prelude::*;

#[function(
    provisioned_concurrency = 1,
    properties = { "SnapStart": { "ApplyOn": "PublishedVersions" } },
)]
async fn snapped() -> Result<(), Error> {
    Ok(())
}

fn main() {}
