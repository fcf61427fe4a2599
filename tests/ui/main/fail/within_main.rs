use skylift::prelude::*;

#[function]
async fn nothing_serves_this() -> Result<(), Error> {
    Ok(())
}

fn main() {
    skylift::main!();
}
