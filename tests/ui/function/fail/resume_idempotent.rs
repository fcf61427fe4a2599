use skylift::prelude::*;

#[function(idempotent(key = "$.id"), resume = queue)]
async fn resumes_what_is_done_once(cursor: Resume<u32>) -> Result<Progress<u32, ()>, Error> {
    println!("{cursor:?}");
    Ok(Progress::Done(()))
}

fn main() {}
