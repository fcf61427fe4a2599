use skylift::prelude::*;

#[function(memory = "256")]
async fn memory_as_text() -> Result<(), Error> {
    Ok(())
}

#[function(memory = 512MB)]
async fn memory_with_unit() -> Result<(), Error> {
    Ok(())
}

#[function(timeout = 30)]
async fn timeout_as_number() -> Result<(), Error> {
    Ok(())
}

#[function(timeout = "30")]
async fn timeout_without_unit() -> Result<(), Error> {
    Ok(())
}

#[function(timeout = "1.5h")]
async fn timeout_with_fraction() -> Result<(), Error> {
    Ok(())
}

#[function(timeout = "500ms")]
async fn timeout_in_milliseconds() -> Result<(), Error> {
    Ok(())
}

#[function(description = 5)]
async fn description_as_number() -> Result<(), Error> {
    Ok(())
}

#[function(trigger = sqs(enabled = "no"))]
async fn truth_as_text(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(memory = b'x')]
async fn memory_as_byte() -> Result<(), Error> {
    Ok(())
}

fn main() {}
