use skylift::prelude::*;

#[function(resume = queue, properties = { "Role": "arn:aws:iam::123456789012:role/mine" })]
async fn role_of_ones_own(cursor: Resume<u32>) -> Result<Progress<u32, ()>, Error> {
    println!("{cursor:?}");
    Ok(Progress::Done(()))
}

fn main() {}
