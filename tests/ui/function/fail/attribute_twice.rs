use skylift::prelude::*;

#[function]
#[function(memory = 512)]
async fn attribute_twice() -> Result<(), Error> {
    Ok(())
}

fn main() {}
