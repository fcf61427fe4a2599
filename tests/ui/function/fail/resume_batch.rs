use skylift::prelude::*;

#[function(trigger = sqs(batch_size = 10), resume = queue)]
async fn resumes_for_ten(message: SqsMessage, cursor: Resume<u32>) -> Result<Progress<u32, ()>, Error> {
    println!("{:?} {cursor:?}", message.body);
    Ok(Progress::Done(()))
}

fn main() {}
