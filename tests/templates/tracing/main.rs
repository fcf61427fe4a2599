//% [package.metadata.skylift]
//% tracing = "active"

use skylift::prelude::*;

/// As the package says.
#[function]
async fn sampled() -> Result<(), Error> {
    Ok(())
}

#[function(tracing = pass_through)]
async fn followed() -> Result<(), Error> {
    Ok(())
}

/// Its role may send no traces.
#[function(tracing = disabled)]
async fn unseen() -> Result<(), Error> {
    Ok(())
}

/// A level alone means JSON.
#[function(tracing = disabled, log_level = "error")]
async fn silent() -> Result<(), Error> {
    Ok(())
}

skylift::main!();
