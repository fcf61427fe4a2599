use skylift::calls::{BatchGet, Delete, Get, List, Put, Query, Update};
use skylift::prelude::*;

#[resource(bucket)]
pub struct Uploads;

#[resource(table(key = "customer", sort = number("at"), indexes(by_total(key = number("total")))))]
pub struct Orders;

/// Each capability has some of its calls.
#[function]
async fn read(
    id: String,
    uploads: Reader<Uploads, skylift::calls::Get>,
    orders: Reader<Orders, (Get, Query)>,
) -> Result<(), Error> {
    let _ = (id, uploads, orders);
    Ok(())
}

/// Two capabilities of one resource are allowed together.
#[function]
async fn write(
    id: String,
    listed: Reader<Uploads, (List,)>,
    deleted: Writer<Uploads, Delete>,
    found: Reader<Orders, BatchGet>,
    changed: Writer<Orders, Update>,
) -> Result<(), Error> {
    let _ = (id, listed, deleted, found, changed);
    Ok(())
}

/// Deletes what it was told of: that is no loop.
#[function(trigger = s3(bucket = Uploads))]
async fn clean(
    record: S3EventRecord,
    uploads: Writer<Uploads, Delete>,
    orders: ReadWriter<Orders, (Get, Put)>,
) -> Result<(), Error> {
    let _ = (record, uploads, orders);
    Ok(())
}

skylift::main!();
