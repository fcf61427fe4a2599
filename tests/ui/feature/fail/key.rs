use skylift::prelude::*;

#[function(idempotent(key = "$.id"))]
async fn once(id: String) -> Result<(), Error> {
    metric!("Once", 1);
    println!("{id}");
    Ok(())
}

#[function(resume = queue)]
async fn for_long(cursor: Resume<u32>) -> Result<Progress<u32, ()>, Error> {
    Ok(match cursor.unwrap_or(0) {
        10 => Progress::Done(()),
        number => Progress::Continue(number + 1),
    })
}

fn main() {}
