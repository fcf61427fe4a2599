use skylift::calls::{Get, List, Query};
use skylift::prelude::*;

#[resource(bucket(
    kms_key = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
))]
pub struct Uploads;

#[resource(bucket(of = Uploads, prefix = "in/"))]
pub struct Inbox;

#[resource(bucket(of = Uploads, prefix = "out/"))]
pub struct Outbox;

#[resource(bucket(existing = "archive-of-acme"))]
pub struct Archive;

#[resource(bucket(of = Archive, prefix = "2026-"))]
pub struct ThisYear;

#[resource(table(
    key = "tenant",
    sort = "id",
    indexes(
        by_state(sort = "state"),
        by_day(key = "day"),
        by_total(key = "tenant", sort = number("total")),
    ),
))]
pub struct Orders;

#[resource(table(of = Orders, key = "tenant#1"))]
pub struct FirstTenant;

#[resource(table(of = Legacy, key = "tenant#0"))]
pub struct OldTenant;

#[resource(table(key = "tenant", sort = number("at"), existing = param("LegacyTable")))]
pub struct Legacy;

/// Follows the keys below `in/`, and writes others: that is no loop.
#[function(trigger = s3(bucket = Uploads, prefix = "in/"))]
async fn sort(
    record: S3EventRecord,
    inbox: Reader<Inbox>,
    outbox: Writer<Outbox>,
    year: Reader<ThisYear, List>,
) -> Result<(), Error> {
    let _ = (record, inbox, outbox, year);
    Ok(())
}

/// A view and its resource have one variable, and permissions of their own.
#[function]
async fn compare(
    id: String,
    uploads: Reader<Uploads, Get>,
    inbox: ReadWriter<Inbox>,
    links: DownloadSigner<Outbox>,
) -> Result<(), Error> {
    let _ = (id, uploads, inbox, links);
    Ok(())
}

#[function]
async fn change(
    id: String,
    orders: ReadWriter<FirstTenant>,
    legacy: Reader<OldTenant, (Get, Query)>,
) -> Result<(), Error> {
    let _ = (id, orders, legacy);
    Ok(())
}

skylift::main!();
