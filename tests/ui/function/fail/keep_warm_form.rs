use skylift::prelude::*;

#[function(keep_warm = 5)]
async fn a_number_alone() -> Result<(), Error> {
    Ok(())
}

#[function(keep_warm = rate("5 minutes"))]
async fn a_call_of_another_name() -> Result<(), Error> {
    Ok(())
}

#[function(keep_warm(every = "5 minutes", instance = 3))]
async fn an_unknown_key() -> Result<(), Error> {
    Ok(())
}

#[function(keep_warm("5 minutes"))]
async fn without_a_key() -> Result<(), Error> {
    Ok(())
}

fn main() {}
