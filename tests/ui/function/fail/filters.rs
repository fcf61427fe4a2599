use skylift::prelude::*;

#[function(trigger = sqs(filters = [{ "body": { "kind": "order" } }]))]
async fn filter_without_brackets(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kinesis(filters = ["data"]))]
async fn filter_of_text(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kinesis(kms_key = "arn:aws:kms:eu-west-1:123456789012:key/0000"))]
async fn key_without_filters(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
