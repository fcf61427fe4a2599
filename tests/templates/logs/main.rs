//% [package.metadata.skylift]
//% log_format = "json"
//% system_log_level = "warn"
//% log_retention = 7

use skylift::prelude::*;

/// As the package says.
#[function]
async fn quiet() -> Result<(), Error> {
    Ok(())
}

#[function(log_level = trace, system_log_level = debug)]
async fn talkative() -> Result<(), Error> {
    Ok(())
}

/// Lambda takes levels of JSON alone: those of the package do not hold here.
#[function(log_format = text)]
async fn plain() -> Result<(), Error> {
    Ok(())
}

skylift::main!();
