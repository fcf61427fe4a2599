use skylift::prelude::*;

macro_rules! endpoint {
    ($name:ident) => {
        #[function]
        async fn $name() -> Result<(), Error> {
            Ok(())
        }
    };
}

endpoint!(made_by_a_macro);

fn main() {}
