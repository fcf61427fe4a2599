use skylift::prelude::*;

/// Counts the records of the stream that the trigger creates.
#[function(trigger = kinesis)]
async fn count(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

skylift::main!();
