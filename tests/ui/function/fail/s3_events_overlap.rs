use skylift::prelude::*;

#[function(trigger = s3(events = ["ObjectCreated:*", "ObjectCreated:Put"]))]
async fn overlapping_events(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
