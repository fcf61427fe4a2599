use skylift::prelude::*;

#[resource(table(key = "id"))]
pub struct Silent;

#[resource(table(existing = "legacy", key = "id"))]
pub struct Legacy;

#[function(
    trigger = dynamodb(table = Silent, retries = 3),
    trigger = dynamodb(table = Legacy, start = latest),
)]
async fn follow_silent_tables(event: DynamoDbEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
