#![deny(warnings)]

use skylift as sky;
use skylift::function as lambda;

#[lambda(memory = 128)]
async fn by_renamed_import() -> Result<(), sky::Error> {
    Ok(())
}

#[skylift::function(memory = 256)]
async fn by_whole_path() -> Result<(), sky::Error> {
    Ok(())
}

#[sky::function(memory = 512)]
async fn by_renamed_crate() -> Result<(), sky::Error> {
    Ok(())
}

fn main() {}
