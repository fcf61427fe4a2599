use skylift::prelude::*;

#[resource(queue)]
pub struct Parts;

#[function(resume = Parts)]
async fn by_another_queue(cursor: Resume<u32>) -> Result<Progress<u32, ()>, Error> {
    println!("{cursor:?}");
    Ok(Progress::Done(()))
}

fn main() {}
