use skylift::prelude::*;

#[function(trigger = s3)]
async fn resize(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[resource(bucket)]
pub struct ResizeBucket;

fn main() {}
