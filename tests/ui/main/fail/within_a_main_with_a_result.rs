use skylift::prelude::*;

#[function]
async fn nothing_serves_this_either() -> Result<(), Error> {
    Ok(())
}

fn main() -> Result<(), Error> {
    skylift::main!();
    Ok(())
}
