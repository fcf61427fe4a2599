use skylift::prelude::*;

pub struct Resume<C>(C);

#[function(resume = queue)]
async fn resume_of_ones_own(cursor: Resume<u32>) -> Result<Progress<u32, ()>, Error> {
    Ok(Progress::Continue(cursor.0))
}

fn main() {}
