use skylift::prelude::*;

#[function(trigger = dynamodb)]
async fn no_table(event: DynamoDbEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = dynamodb(table = "orders", start = latest))]
async fn table_by_name(event: DynamoDbEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = dynamodb(Orders))]
async fn table_without_its_key(event: DynamoDbEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
