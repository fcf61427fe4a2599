use skylift::prelude::*;

#[function(trigger = s3(bucket = "arn:aws:s3:::archive-of-acme", events = ["ObjectRestore:*", "LifecycleExpiration:*"]))]
async fn watch_archive(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

skylift::main!();
