use serde::Deserialize;
use skylift::event::ScheduledEvent as Tick;
use skylift::prelude::*;

#[derive(Deserialize)]
pub struct ReportInput {
    days: u8,
    title: Option<String>,
}

#[function(trigger = schedule("rate(5 minutes)", input = { "a": 1 }))]
async fn takes_the_replaced_event(event: Tick) -> Result<(), Error> {
    println!("{:?}", event.id);
    Ok(())
}

#[function(trigger = schedule("rate(6 minutes)", input = { "days": "thirty" }))]
async fn reads_text_as_a_number(input: ReportInput) -> Result<(), Error> {
    println!("{} {:?}", input.days, input.title);
    Ok(())
}

#[function(trigger = schedule("rate(7 minutes)", input = { "dayz": 30 }))]
async fn misspells_a_field(input: ReportInput) -> Result<(), Error> {
    println!("{} {:?}", input.days, input.title);
    Ok(())
}

#[function(trigger = schedule("rate(8 minutes)", input = { "title": "Daily" }))]
async fn leaves_out_a_field(input: ReportInput) -> Result<(), Error> {
    println!("{} {:?}", input.days, input.title);
    Ok(())
}

pub struct NotRead;

#[function(trigger = schedule("rate(9 minutes)", input = { "days": 3 }))]
async fn cannot_be_read(_: NotRead) -> Result<(), Error> {
    Ok(())
}

fn main() {}
