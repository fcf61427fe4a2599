use skylift::prelude::*;

/// Looks at every object that comes into the bucket that this brings.
#[function(trigger = s3)]
async fn look(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

skylift::main!();
