use skylift::prelude::*;

#[function(id = "make-thumbnail")]
async fn id_with_hyphen() -> Result<(), Error> {
    Ok(())
}

fn main() {}
