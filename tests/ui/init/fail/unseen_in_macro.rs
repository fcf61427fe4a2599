use skylift::prelude::*;

macro_rules! starts {
    ($name:ident) => {
        #[init]
        async fn $name() -> Result<i16, Error> {
            Ok(7)
        }
    };
}

starts!(starts_in_a_macro);

fn main() {}
