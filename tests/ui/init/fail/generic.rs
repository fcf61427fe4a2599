use skylift::prelude::*;

pub struct Shelf;

/// This mistake is the only one: the state is created, once it is mended.
#[init]
async fn open_shelf<T>() -> Result<Shelf, Error> {
    Ok(Shelf)
}

#[function]
async fn browse(shelf: State<Shelf>) -> Result<(), Error> {
    drop(shelf);
    Ok(())
}

fn main() {}
