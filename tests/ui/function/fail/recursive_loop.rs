use skylift::prelude::*;

#[resource(bucket)]
pub struct LoopUploads;

#[resource(bucket)]
pub struct LoopDrafts;

#[resource(bucket)]
pub struct LoopFinals;

#[function(trigger = s3(bucket = LoopUploads))]
async fn shrink_in_place(event: S3Event, uploads: ReadWriter<LoopUploads>) -> Result<(), Error> {
    let _ = (event, uploads);
    Ok(())
}

#[function(trigger = s3(bucket = LoopDrafts))]
async fn finish_drafts(event: S3Event, finals: Writer<LoopFinals>) -> Result<(), Error> {
    let _ = (event, finals);
    Ok(())
}

#[function(trigger = s3(bucket = LoopFinals))]
async fn reopen_finals(event: S3Event, drafts: Writer<LoopDrafts>) -> Result<(), Error> {
    let _ = (event, drafts);
    Ok(())
}

fn main() {}
