use skylift::prelude::*;

#[function(trigger = sqs)]
async fn takes_objects(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
