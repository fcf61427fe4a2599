#![deny(warnings)]

use skylift::main as serve;
use skylift::prelude::*;

#[function]
async fn served_by_another_name() -> Result<(), Error> {
    Ok(())
}

mod served {
    use super::serve;

    serve!();
    pub(crate) const START: fn() -> std::process::ExitCode = main;
}

fn main() {
    let _ = served::START;
}
