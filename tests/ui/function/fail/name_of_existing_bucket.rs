use skylift::prelude::*;

#[function(trigger = s3(bucket = "My_Uploads"))]
async fn bucket_by_bad_name(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
