use skylift::prelude::*;

#[function(keep_warm = "rate(5 minute)")]
async fn kept_warm_wrongly() -> Result<(), Error> {
    Ok(())
}

fn main() {}
