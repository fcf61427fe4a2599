use skylift::prelude::*;

#[function(resume = queue, env(VARIABLE_OF_RESUME_RESUME_QUEUE_URL = "mine"))]
async fn variable_of_resume(cursor: Resume<u32>) -> Result<Progress<u32, ()>, Error> {
    println!("{cursor:?}");
    Ok(Progress::Done(()))
}

fn main() {}
