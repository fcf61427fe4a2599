use skylift::prelude::*;

#[function(trigger = s3<Uploads>)]
async fn source_with_parameters(event: S3Event) -> Result<(), Error> {
    let _ = event;
    Ok(())
}

#[function("s3")]
async fn source_without_key(event: S3Event) -> Result<(), Error> {
    let _ = event;
    Ok(())
}

#[function(method = GET, path = "/x")]
async fn keys_of_the_source() -> Result<(), Error> {
    Ok(())
}

#[function(trigger = dynamodb(table: Orders))]
async fn colon_in_the_source() -> Result<(), Error> {
    Ok(())
}

fn main() {}
