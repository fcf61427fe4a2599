//! The second binary of the package.

use skylift::prelude::*;

/// Works on what is in its queue.
#[function(trigger = sqs, timeout = "20s")]
async fn work(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(schedule = "rate(1 hour)")]
async fn tidy(_: ScheduledEvent) -> Result<(), Error> {
    Ok(())
}

skylift::main!();
