use skylift::prelude::*;

#[function(architecture = arm)]
async fn half_a_word() -> Result<(), Error> {
    Ok(())
}

#[function(architecture = riscv)]
async fn on_riscv() -> Result<(), Error> {
    Ok(())
}

fn main() {}
