use skylift::prelude::*;

/// Adds two numbers for its caller.
#[function]
async fn add((one, other): (u32, u32)) -> Result<u32, Error> {
    Ok(one.wrapping_add(other))
}

skylift::main!();
