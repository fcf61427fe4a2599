use std::rc::Rc;

use skylift::prelude::*;

async fn wait() {}

#[init]
async fn keeps_rc_at_start() -> Result<u8, Error> {
    let counted = Rc::new(1);
    wait().await;
    Ok(*counted)
}

fn main() {}
