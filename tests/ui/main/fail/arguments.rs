use skylift::prelude::*;

#[function]
async fn served() -> Result<(), Error> {
    Ok(())
}

skylift::main!(served);
