use skylift::prelude::*;

#[function(trigger = dynamodb(
    table = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000",
    start = latest,
))]
async fn by_arn(event: DynamoDbEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = dynamodb(table = param("OrderStream"), start = trim_horizon))]
async fn by_param(event: DynamoDbEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

skylift::main!();
