use skylift::prelude::*;

#[function(env(HOST = overlay("Db", "Endpoint.Address"), URL = sub("http://${Load}/")))]
async fn work() -> Result<(), Error> {
    Ok(())
}

skylift::main!();
