use skylift::prelude::*;

#[resource(table(key = "id"))]
struct Ledgers;

#[function]
async fn needs_it_twice(one: Reader<Ledgers>, two: Writer<Ledgers>) -> Result<(), Error> {
    let _ = (one, two);
    Ok(())
}

fn main() {}
