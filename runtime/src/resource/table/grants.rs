//! A table is asked for what is granted.
// Clippy knows `#[test]` functions, and not what they call.
#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};
use skylift_model::access::Access;
use skylift_model::resource::ResourceKind;

use super::client::TableClient;
use super::declared::{Attribute, Index, KeyType};
use super::key::NoSortKey;
use crate::aws::testing::{Answer, Request, client_of, resource};
use crate::resource::access::{CanRead, CanWrite, ReadAccess, ReadWriteAccess, WriteAccess};
use crate::resource::grants::{Ran, check_offered, run};
use crate::resource::markers::Untyped;
use crate::testing::block_on;

resource! {
    Orders: Table {
        type Item = Value;
        type ItemMarker = Untyped;
        type StreamView = crate::resource::stream_view::NewAndOldImages;
        type Key<'a> = &'a str;
        type Partition<'a> = &'a str;
        type Sort<'a> = NoSortKey;
        const KEY: Attribute = Attribute { name: "id", kind: KeyType::String };
        const SORT: Option<Attribute> = None;
        const INDEXES: &'static [Index] = &[Index { name: "by_id", key: Self::KEY, sort: None }];
    }
}

fn answer(_: &Request) -> Answer {
    Answer::ok("{}")
}

async fn read_table<A: CanRead>(ran: &mut Ran) {
    let table = client_of!(TableClient<Orders, A>, aws_sdk_dynamodb, ran.server);
    run!(ran, table, get("a"));
    run!(ran, table, get_consistent("a"));
    run!(ran, table, get_all(["a"]));
    run!(ran, table.query("a"), page());
    run!(ran, table.on("by_id").query("a"), all());
    run!(ran, table.scan(), all());
    run!(ran, table.on("by_id").scan().pages(), next());
}

async fn write_table<A: CanWrite>(ran: &mut Ran) {
    let table = client_of!(TableClient<Orders, A>, aws_sdk_dynamodb, ran.server);
    let item = json!({ "id": "a" });
    run!(ran, table, put(&item));
    run!(ran, table, create(&item));
    run!(ran, table.update("a").set("b", 1), apply());
    run!(ran, table, delete("a"));
    run!(ran, table, put_all([&item]));
    run!(ran, table, delete_all(["a"]));
}

#[test]
fn a_table_is_asked_for_what_is_granted() {
    let (items, batch) = (include_str!("client.rs"), include_str!("batch.rs"));
    let split =
        |source: &'static str| source.split_once("A: CanWrite> TableClient<R, A> {").unwrap();
    let ((reads, writes), (batch_reads, batch_writes)) = (split(items), split(batch));
    let (query, page) = (include_str!("query.rs"), include_str!("pages.rs"));
    let update = include_str!("update.rs");
    let mut ran = Ran::new(answer);
    block_on(read_table::<ReadAccess>(&mut ran));
    ran.check(ModelKind::Table, Access::Read, &[reads, batch_reads, query, page]);
    let mut ran = Ran::new(answer);
    block_on(write_table::<WriteAccess>(&mut ran));
    ran.check(ModelKind::Table, Access::Write, &[writes, batch_writes, update]);
    let mut ran = Ran::new(answer);
    block_on(read_table::<ReadWriteAccess>(&mut ran));
    block_on(write_table::<ReadWriteAccess>(&mut ran));
    ran.check(ModelKind::Table, Access::ReadWrite, &[items, batch, query, page, update]);
}

#[test]
fn there_are_clients_for_what_can_be_granted_and_for_nothing_else() {
    check_offered::<Orders>(ResourceKind::Table);
}
