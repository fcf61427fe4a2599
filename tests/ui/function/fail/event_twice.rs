use skylift::prelude::*;

#[function(trigger = sqs)]
async fn takes_two(one: SqsMessage, other: SqsMessage) -> Result<(), Error> {
    println!("{:?} {:?}", one.body, other.body);
    Ok(())
}

fn main() {}
