use skylift::prelude::*;

#[resource(queue)]
pub struct Wares;

#[function(allow(actions = ["sqs:SendMessage"], resources = ["${Ware.Arn}"]))]
async fn misspelt_id() -> Result<(), Error> {
    Ok(())
}

#[function(allow(actions = ["sqs:SendMessage"], resources = ["${Wares.Am}"]))]
async fn misspelt_attribute() -> Result<(), Error> {
    Ok(())
}

fn main() {}
