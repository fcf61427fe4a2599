use skylift::prelude::*;

/// Prints every entry of a log group that exists already.
#[function(trigger = logs(group = "/aws/lambda/other"))]
async fn print(entry: LogEntry) -> Result<(), Error> {
    println!("{}", entry.message);
    Ok(())
}

skylift::main!();
