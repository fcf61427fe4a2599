use skylift::prelude::*;

pub struct Shop;

impl Shop {
    #[function]
    async fn open(&self) -> Result<(), Error> {
        Ok(())
    }
}

fn main() {}
