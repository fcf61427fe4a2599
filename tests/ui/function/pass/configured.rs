#![deny(warnings)]

use skylift::prelude::*;

#[cfg_attr(all(), function(memory = 1_024))]
async fn configured_in() -> Result<(), Error> {
    Ok(())
}

#[cfg(any())]
#[function(memory = 1)]
async fn configured_out() -> Result<(), Error> {
    Ok(())
}

#[cfg_attr(any(), function(memory = 1))]
#[allow(dead_code)]
async fn no_function_at_all() {}

fn main() {}
