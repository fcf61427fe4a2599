use skylift::prelude::*;

#[resource(queue)]
pub struct Postcards;

/// Takes one message of a batch, so other functions cannot invoke it.
#[function(trigger = sqs(queue = Postcards))]
async fn reads_postcards(postcard: SqsMessage) -> Result<(), Error> {
    drop(postcard);
    Ok(())
}

#[function]
async fn asks_for_postcards(other: Invoker<reads_postcards>) -> Result<(), Error> {
    drop(other);
    Ok(())
}

fn main() {}
