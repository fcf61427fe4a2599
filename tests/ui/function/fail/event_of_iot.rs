use skylift::prelude::*;

pub struct Reading {
    celsius: f64,
}

#[function(trigger = iot(sql = "SELECT * FROM 'sensors/#'"))]
async fn takes_a_type_without_derive(reading: Reading) -> Result<(), Error> {
    println!("{}", reading.celsius);
    Ok(())
}

#[function(trigger = iot)]
async fn has_no_statement(message: String) -> Result<(), Error> {
    println!("{message}");
    Ok(())
}

#[function(trigger = iot(topic = "sensors/+"))]
async fn names_a_topic(message: String) -> Result<(), Error> {
    println!("{message}");
    Ok(())
}

#[function(trigger = iot(sql = "SELECT * FROM sensors/+"))]
async fn forgets_the_quotes(message: String) -> Result<(), Error> {
    println!("{message}");
    Ok(())
}

#[function(trigger = iot(sql = "SELECT * FROM 'sensors/#/temperature'"))]
async fn has_levels_after_a_hash(message: String) -> Result<(), Error> {
    println!("{message}");
    Ok(())
}

#[function(trigger = iot(sql = "SELECT * FROM 'a'", version = "2016-03-24"))]
async fn has_an_unknown_version(message: String) -> Result<(), Error> {
    println!("{message}");
    Ok(())
}

#[function(trigger = iot(sql = "SELECT * FROM 'a'"), schedule = "rate(1 hour)")]
async fn has_another_trigger(message: String) -> Result<(), Error> {
    println!("{message}");
    Ok(())
}

fn main() {}
