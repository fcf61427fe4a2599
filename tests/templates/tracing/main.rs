//% [package.metadata.skylift]
//% tracing = "active"

use skylift::prelude::*;

/// Has the settings of the package.
#[function]
async fn sampled() -> Result<(), Error> {
    Ok(())
}

#[function(tracing = pass_through)]
async fn followed() -> Result<(), Error> {
    Ok(())
}

/// Has a role without permission to send traces.
#[function(tracing = disabled)]
async fn unseen() -> Result<(), Error> {
    Ok(())
}

/// Sets only a level, which means JSON.
#[function(tracing = disabled, log_level = "error")]
async fn silent() -> Result<(), Error> {
    Ok(())
}

skylift::main!();
