use skylift::prelude::*;

#[function(provisioned_concurrency = 1, env(SKYLIFT_SETTINGS = "mine"))]
async fn sets_what_makes_versions() -> Result<(), Error> {
    Ok(())
}

fn main() {}
