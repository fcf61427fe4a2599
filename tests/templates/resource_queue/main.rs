use skylift::prelude::*;

#[resource(queue)]
pub struct Standard;

#[resource(queue(visibility = "2m", dead_letters(after = 10), name = "slow-of-acme"))]
pub struct Slow;

#[resource(queue(fifo))]
pub struct Steps;

#[resource(queue(name = "turns.fifo", id = "InTurn"))]
pub struct Turns;

#[function(trigger = sqs(queue = Standard, shared), timeout = "10s", env(NEXT = Slow), allow(actions = ["sqs:SendMessage"], resources = [Slow]))]
async fn first(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = sqs(queue = Standard, shared), timeout = "20s")]
async fn second(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = sqs(queue = Slow), timeout = "2m")]
async fn third(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = sqs(queue = Steps, batch_size = 1))]
async fn fourth(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

skylift::main!();
