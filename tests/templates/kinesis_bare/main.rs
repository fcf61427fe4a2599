use skylift::prelude::*;

/// Counts what is put into the stream that this brings.
#[function(trigger = kinesis)]
async fn count(event: KinesisEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

skylift::main!();
