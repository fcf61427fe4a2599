//! One function that runs for every object created in a bucket, and on a schedule every five minutes.

use skylift::prelude::*;

/// Logs every new object. A real function would make a thumbnail here.
#[function(trigger = s3, schedule = "rate(5 minutes)")]
async fn thumbnail(event: S3Event) -> Result<(), Error> {
    for record in event.records {
        let key = record.s3.object.url_decoded_key.unwrap_or_default();
        let size = record.s3.object.size.unwrap_or_default();
        println!("{key}: {size} bytes");
    }
    Ok(())
}

skylift::main!();
