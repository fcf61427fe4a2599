use skylift::prelude::*;

#[function]
async fn unprepared() -> Result<(), Error> {
    Ok(())
}

fn main() {}
