use skylift::prelude::*;

#[resource(bucket)]
pub struct Photos;

#[resource(bucket)]
pub struct Films;

mod media {
    pub use super::Films as Photos;
}

#[function(trigger = s3(bucket = media::Photos))]
async fn by_another_name(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
