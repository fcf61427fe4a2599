use skylift::prelude::*;

#[function(trigger = sqs, keep_warm = "rate(5 minutes)")]
async fn stay_warm(event: SqsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(keep_warm = "rate(10 minutes)")]
async fn stay_warm_alone() -> Result<(), Error> {
    Ok(())
}

skylift::main!();
