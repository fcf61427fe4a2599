use skylift::prelude::*;

#[function(trigger = http("POST /imports"), resume = queue)]
async fn resumes_behind_a_route(cursor: Resume<u32>) -> Result<Progress<u32, ()>, Error> {
    println!("{cursor:?}");
    Ok(Progress::Done(()))
}

fn main() {}
