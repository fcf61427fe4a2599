use skylift::prelude::*;

#[function]
async fn served_twice() -> Result<(), Error> {
    Ok(())
}

skylift::main!();
skylift::main!();
