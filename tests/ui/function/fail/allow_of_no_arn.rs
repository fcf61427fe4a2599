use skylift::prelude::*;

#[resource(queue)]
pub struct ReferredJobs;

#[resource(bucket)]
pub struct ReferredPictures;

#[function(allow(actions = ["sqs:SendMessage"], resources = [ReferredJobs, "${ReferredJobs}"]))]
async fn allowed_url() -> Result<(), Error> {
    Ok(())
}

#[function(allow(actions = ["s3:GetObject"], resources = ["${ReferredPictures.Arn}"]))]
async fn allowed_bucket_by_reference() -> Result<(), Error> {
    Ok(())
}

#[function(allow(actions = ["s3:GetObject"], resources = ["arn:aws:s3:::${ReferredPictures.Arn}/*"]))]
async fn allowed_in_an_arn() -> Result<(), Error> {
    Ok(())
}

fn main() {}
