use skylift::prelude::*;

#[resource(bucket)]
pub struct Videos;

/// What a handler may not do, its client cannot.
#[function]
async fn reads(videos: Reader<Videos>) -> Result<(), Error> {
    videos.put("key", "value").await?;
    Ok(())
}

#[function]
async fn writes(videos: Writer<Videos>) -> Result<(), Error> {
    videos.get("key").await?;
    Ok(())
}

fn main() {}
