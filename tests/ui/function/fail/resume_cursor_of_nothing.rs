use skylift::prelude::*;

#[function]
async fn never_resumes(count: u32, cursor: Resume<u32>) -> Result<u32, Error> {
    Ok(cursor.unwrap_or(count))
}

#[function(resume)]
async fn resumes_by_nothing(_cursor: Resume<u32>) -> Result<Progress<u32, ()>, Error> {
    Ok(Progress::Done(()))
}

fn main() {}
