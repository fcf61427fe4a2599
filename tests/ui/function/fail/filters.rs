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

#[function(trigger = kinesis(filters = [{ "body": { "kind": ["click"] } }]))]
async fn filter_of_another_source(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = sqs(filters = [{ "bdy": { "kind": ["order"] } }]))]
async fn filter_misspelt(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kinesis(filters = [{ "data": { "kind": [] } }]))]
async fn filter_without_values(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kinesis(filters = [{ "data": {} }]))]
async fn filter_without_fields(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = sqs(filters = [{ "body": { "kind": [{ "prefix": 3 }] } }]))]
async fn filter_with_a_wrong_operand(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = sqs(filters = [{ "body": { "kind": [{ "nonsense": 1 }] } }]))]
async fn filter_with_an_unknown_operator(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
