use skylift::prelude::*;

#[resource(stream(existing = "views"))]
pub struct Views;

#[function(trigger = kinesis(stream = "clicks-of_acme", start = latest))]
async fn by_name(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kinesis(
    stream = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks",
    start = trim_horizon,
))]
async fn by_arn(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kinesis(stream = param("Clicks"), start = latest))]
async fn by_param(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = kinesis(stream = Views, start = latest))]
async fn by_path(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

skylift::main!();
