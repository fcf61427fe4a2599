use skylift::prelude::*;

#[function(trigger = s3(bucket = Upload), schedule = "rate(1 minutes)")]
async fn thumbnail_of_the_readme(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
