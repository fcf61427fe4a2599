use skylift::prelude::*;

#[function(timeout = "31m")]
async fn too_long_a_timeout() -> Result<(), Error> {
    Ok(())
}

#[function(timeout = "0s")]
async fn no_time_at_all() -> Result<(), Error> {
    Ok(())
}

fn main() {}
