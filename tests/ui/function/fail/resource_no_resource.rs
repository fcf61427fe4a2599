use skylift::prelude::*;

pub struct Shelf;

#[function(trigger = s3(bucket = Shelf))]
async fn struct_as_bucket(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
