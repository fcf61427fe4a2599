use skylift::prelude::*;

#[function(vpc(subnets = ["subnet-0a1b2c3d4e5f60718"]))]
async fn work() -> Result<(), Error> {
    Ok(())
}

skylift::main!();
