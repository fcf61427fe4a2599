use skylift::prelude::*;

#[function(cold_start_metric = "yes")]
async fn counted_wrongly() -> Result<(), Error> {
    Ok(())
}

fn main() {}
