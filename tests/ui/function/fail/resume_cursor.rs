use skylift::prelude::*;

#[function(resume = queue)]
async fn other_cursor(cursor: Resume<String>) -> Result<Progress<u32, ()>, Error> {
    println!("{cursor:?}");
    Ok(Progress::Done(()))
}

fn main() {}
