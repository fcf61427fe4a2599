use skylift::prelude::*;

/// Handles every object that is created in the bucket of the trigger.
#[function(trigger = s3)]
async fn look(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

skylift::main!();
