use skylift::prelude::*;

#[function]
async fn borrows(text: &str) -> Result<(), Error> {
    println!("{text}");
    Ok(())
}

fn main() {}
