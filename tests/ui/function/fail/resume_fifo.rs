use skylift::prelude::*;

#[resource(queue(fifo))]
pub struct Lines;

#[function(trigger = sqs(queue = Lines), resume = queue)]
async fn out_of_order(line: SqsMessage, cursor: Resume<u32>) -> Result<Progress<u32, ()>, Error> {
    println!("{:?} {cursor:?}", line.body);
    Ok(Progress::Done(()))
}

#[function(trigger = sqs(queue = "poems.fifo"), resume = queue)]
async fn out_of_verse(line: SqsMessage, cursor: Resume<u32>) -> Result<Progress<u32, ()>, Error> {
    println!("{:?} {cursor:?}", line.body);
    Ok(Progress::Done(()))
}

fn main() {}
