use skylift::prelude::*;

#[function(trigger = sqs(queue = "orders-of_acme"))]
async fn by_name(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = sqs(queue = "steps.fifo", batch_size = 5))]
async fn by_fifo_name(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = sqs(queue = "arn:aws:sqs:eu-west-1:123456789012:refunds"))]
async fn by_arn(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = sqs(queue = param("Returns")))]
async fn by_param(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

skylift::main!();
