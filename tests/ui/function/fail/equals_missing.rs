use skylift::prelude::*;

#[function(memory: 256)]
async fn colon() -> Result<(), Error> {
    Ok(())
}

#[function(memory 256)]
async fn nothing_between() -> Result<(), Error> {
    Ok(())
}

fn main() {}
