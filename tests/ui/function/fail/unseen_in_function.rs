use skylift::prelude::*;

pub fn outer() {
    #[function]
    async fn within_a_function() -> Result<(), Error> {
        Ok(())
    }
}

fn main() {}
