//! Reacts to every object that is put into a bucket, and is kept warm by a tick every five minutes.

use skylift::prelude::*;

/// Notes every new upload, as the place where a thumbnail would be made.
#[function(trigger = s3, memmory = 3, schedule = "rate(5 minutes)")]
async fn thumbnail(event: S3Event) -> Result<(), Error> {
    for record in event.records {
        let key = record.s3.object.url_decoded_key.unwrap_or_default();
        let size = record.s3.object.size.unwrap_or_default();
        println!("{key}: {size} bytes");
    }
    Ok(())
}

skylift::main!();
