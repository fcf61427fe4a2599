//% [package.metadata.skylift]
//% log_format = "json"
//% system_log_level = "warn"
//% log_retention = 7

use skylift::prelude::*;

/// Has the settings of the package.
#[function]
async fn quiet() -> Result<(), Error> {
    Ok(())
}

#[function(log_level = trace, system_log_level = debug)]
async fn talkative() -> Result<(), Error> {
    Ok(())
}

/// Logs text. Lambda has log levels only for JSON: those of the package are ignored.
#[function(log_format = text)]
async fn plain() -> Result<(), Error> {
    Ok(())
}

skylift::main!();
