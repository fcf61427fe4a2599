use skylift::prelude::*;

#[resource(queue)]
pub struct Letters;

/// Gets one message of a batch, and nobody else can make a batch.
#[function(trigger = sqs(queue = Letters))]
async fn reads_letters(letter: SqsMessage) -> Result<(), Error> {
    drop(letter);
    Ok(())
}

#[function]
async fn asks_for_letters(other: Invoker<reads_letters>) -> Result<(), Error> {
    drop(other);
    Ok(())
}

fn main() {}
