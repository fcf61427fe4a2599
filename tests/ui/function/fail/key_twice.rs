use skylift::prelude::*;

#[function(memory = 256, timeout = "5s", memory = 512)]
async fn memory_twice() -> Result<(), Error> {
    Ok(())
}

fn main() {}
