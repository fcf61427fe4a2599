use serde::{Deserialize, Serialize};
use skylift::prelude::*;

#[derive(Serialize, Deserialize)]
pub struct Chore;

#[resource(queue(message = Chore))]
pub struct Chores;

#[function(trigger = sqs(queue = Chores))]
async fn takes_the_message_itself(chore: Chore) -> Result<(), Error> {
    drop(chore);
    Ok(())
}

fn main() {}
