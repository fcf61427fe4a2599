use skylift::prelude::*;

#[function(properties = { "MemorySize": 512, "Environment": { "Variables": {} }, "Layers": [], "Policies": [] })]
async fn sets_what_has_a_key() -> Result<(), Error> {
    Ok(())
}

fn main() {}
