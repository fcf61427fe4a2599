use skylift::prelude::*;

#[function(resume(queue, hops = 0))]
async fn never_hops(cursor: Resume<u32>) -> Result<Progress<u32, ()>, Error> {
    println!("{cursor:?}");
    Ok(Progress::Done(()))
}

fn main() {}
