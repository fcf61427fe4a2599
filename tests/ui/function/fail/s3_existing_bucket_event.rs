use skylift::prelude::*;

#[function(trigger = s3(bucket = "archive-of-acme", events = ["Replication:*"]))]
async fn not_through_the_bus(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
