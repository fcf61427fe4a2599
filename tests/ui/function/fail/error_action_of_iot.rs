use skylift::prelude::*;

#[resource(queue(fifo))]
pub struct Ordered;

#[resource(table(key = "id"))]
pub struct Errors;

#[function(trigger = iot(sql = "SELECT * FROM 'a'", error_action = Ordered))]
async fn sends_to_a_fifo_queue(event: serde_json::Value) -> Result<(), Error> {
    println!("{event}");
    Ok(())
}

#[function(trigger = iot(sql = "SELECT * FROM 'a'", error_action = Errors))]
async fn sends_to_a_table(event: serde_json::Value) -> Result<(), Error> {
    println!("{event}");
    Ok(())
}

#[function(trigger = iot(sql = "SELECT * FROM 'a'", error_action = repair))]
async fn sends_to_a_function(event: serde_json::Value) -> Result<(), Error> {
    println!("{event}");
    Ok(())
}

#[function(trigger = iot(sql = "SELECT * FROM 'a'", on_failure = Ordered))]
async fn has_the_key_of_another_source(event: serde_json::Value) -> Result<(), Error> {
    println!("{event}");
    Ok(())
}

fn main() {}
