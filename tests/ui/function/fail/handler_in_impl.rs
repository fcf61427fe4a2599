use skylift::prelude::*;

pub struct Counter;

impl Counter {
    #[function]
    async fn count() -> Result<(), Error> {
        Ok(())
    }
}

fn main() {}
