use skylift::prelude::*;

#[function(trigger = s3(bucket = param("ArchiveBucket"), suffix = ".parquet"))]
async fn load(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

skylift::main!();
