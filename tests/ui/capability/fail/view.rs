use skylift::calls::Scan;
use skylift::prelude::*;

#[resource(bucket)]
pub struct SeenUploads;

#[resource(bucket(of = SeenUploads, prefix = "in/"))]
pub struct SeenInbox;

#[resource(table(key = "tenant", sort = "id", stream = keys))]
pub struct SeenOrders;

#[resource(table(of = SeenOrders, key = "tenant#1"))]
pub struct SeenTenant;

#[function(trigger = s3(bucket = SeenInbox), env(BUCKET = SeenInbox))]
async fn follow(event: S3Event) -> Result<(), Error> {
    let _ = event;
    Ok(())
}

#[function(trigger = s3(bucket = SeenUploads, prefix = "in/"))]
async fn write_back(event: S3Event, inbox: Writer<SeenInbox>) -> Result<(), Error> {
    let _ = event;
    inbox.put("a", "b").await
}

#[function]
async fn scan(tenant: Reader<SeenTenant, Scan>) -> Result<(), Error> {
    let _ = tenant;
    Ok(())
}

fn main() {}
