use skylift::prelude::*;

#[resource(queue)]
pub struct Letters;

#[function(trigger = s3(bucket = Letters))]
async fn queue_as_bucket(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
