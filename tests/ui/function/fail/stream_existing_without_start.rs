use skylift::prelude::*;

#[resource(stream(existing = "views"))]
pub struct OldViews;

#[function(trigger = kinesis(stream = "clicks"))]
async fn unstarted_by_name(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kinesis(stream = OldViews))]
async fn unstarted_by_path(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = dynamodb(table = param("OrderStream")))]
async fn unstarted_by_param(event: DynamoDbEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
