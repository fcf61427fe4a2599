use skylift::prelude::*;

#[resource(table(key = "id", stream = new))]
pub struct Started;

#[function(trigger = kinesis(start = latests))]
async fn start_misspelt(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kinesis(start = "2026-01-01"))]
async fn start_without_time(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = dynamodb(table = Started, start = "2026-01-01T00:00:00Z"))]
async fn start_of_table(event: DynamoDbEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kinesis(start = at_timestamp))]
async fn start_as_aws_writes_it(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
