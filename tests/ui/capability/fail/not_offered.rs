use skylift::prelude::*;

#[resource(bucket)]
pub struct Videos;

/// A client has only the methods that the capability allows.
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
