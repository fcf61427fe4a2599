use skylift::prelude::*;

#[function(resume = queue)]
async fn two_cursors(cursor: Resume<u32>, _other: Resume<u32>) -> Result<Progress<u32, ()>, Error> {
    println!("{cursor:?}");
    Ok(Progress::Done(()))
}

fn main() {}
