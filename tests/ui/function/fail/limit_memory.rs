use skylift::prelude::*;

#[function(memory = 64)]
async fn too_little_memory() -> Result<(), Error> {
    Ok(())
}

#[function(memory = 10_241)]
async fn too_much_memory() -> Result<(), Error> {
    Ok(())
}

#[function(memory = -1)]
async fn negative_memory() -> Result<(), Error> {
    Ok(())
}

fn main() {}
