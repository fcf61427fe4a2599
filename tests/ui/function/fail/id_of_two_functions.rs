mod orders {
    use skylift::prelude::*;

    #[function(memory = 128)]
    async fn list_all() -> Result<(), Error> {
        Ok(())
    }
}

mod prices {
    use skylift::prelude::*;

    #[function(memory = 256)]
    async fn list_all() -> Result<(), Error> {
        Ok(())
    }
}

fn main() {}
