use skylift::prelude::*;

#[function(trigger = kinesis, resume = queue)]
async fn resumes_in_order(
    record: KinesisEventRecord,
    cursor: Resume<u32>,
) -> Result<Progress<u32, ()>, Error> {
    println!("{record:?} {cursor:?}");
    Ok(Progress::Done(()))
}

fn main() {}
