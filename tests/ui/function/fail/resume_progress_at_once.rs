use skylift::prelude::*;

#[function]
async fn goes_nowhere() -> Result<Progress<u32, ()>, Error> {
    Ok(Progress::Continue(1))
}

fn main() {}
