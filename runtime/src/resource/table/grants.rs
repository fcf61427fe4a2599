//! Tests that the client of a table sends exactly the operations that its capabilities grant.
// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};
use skylift_model::access::Access;
use skylift_model::aws::iam::CallGroup;
use skylift_model::resource::ResourceKind;

use super::client::TableClient;
use super::key::NoSortKey;
use super::schema::{KeyAttribute, KeyType, SecondaryIndex};
use super::tests::view::OrdersOfAnn;
use crate::aws::testing::{FakeResponse, ReceivedRequest, client_for, test_resource};
use crate::resource::access::{self, CanRead, CanWrite, ReadAccess, ReadWriteAccess, WriteAccess};
use crate::resource::calls;
use crate::resource::grants::{MethodRuns, check_offered_accesses, methods_with_bound, run_method};
use crate::resource::markers::Untyped;
use crate::testing::block_on;

test_resource! {
    Orders: Table {
        type Item = Value;
        type ItemMarker = Untyped;
        type StreamView = crate::resource::stream_view::NewAndOldImages;
        type Key<'a> = &'a str;
        type Partition<'a> = &'a str;
        type Sort<'a> = NoSortKey;
        const KEY: KeyAttribute = KeyAttribute { name: "id", kind: KeyType::String };
        const SORT: Option<KeyAttribute> = None;
        const INDEXES: &'static [SecondaryIndex] = &[SecondaryIndex { name: "by_id", key: Self::KEY, sort: None }];
    }
}

fn answer(_: &ReceivedRequest) -> FakeResponse {
    FakeResponse::ok("{}")
}

fn table<A: access::Access>(runs: &MethodRuns) -> TableClient<Orders, A> {
    client_for!(TableClient<Orders, A>, aws_sdk_dynamodb, runs.server)
}

async fn get<A: CanRead<calls::Get>>(runs: &mut MethodRuns) {
    let table = table::<A>(runs);
    run_method!(runs, table, get("a"));
    run_method!(runs, table, get_consistent("a"));
}

async fn batch_get<A: CanRead<calls::BatchGet>>(runs: &mut MethodRuns) {
    let table = table::<A>(runs);
    run_method!(runs, table, get_all(["a"]));
}

async fn query<A: CanRead<calls::Query>>(runs: &mut MethodRuns) {
    let table = table::<A>(runs);
    run_method!(runs, table.query("a"), page());
    run_method!(runs, table.index("by_id").query("a"), all());
}

async fn query_view<A: CanRead<calls::Query>>(runs: &mut MethodRuns) {
    let view = client_for!(TableClient<OrdersOfAnn, A>, aws_sdk_dynamodb, runs.server);
    run_method!(runs, view.items(), page());
    run_method!(runs, view.index("by_day").items(), all());
}

async fn scan<A: CanRead<calls::Scan>>(runs: &mut MethodRuns) {
    let table = table::<A>(runs);
    run_method!(runs, table.scan(), all());
    run_method!(runs, table.index("by_id").scan().pages(), next());
}

async fn put<A: CanWrite<calls::Put>>(runs: &mut MethodRuns) {
    let (table, item) = (table::<A>(runs), json!({ "id": "a" }));
    run_method!(runs, table, put(&item));
    run_method!(runs, table, create(&item));
}

async fn update<A: CanWrite<calls::Update>>(runs: &mut MethodRuns) {
    let table = table::<A>(runs);
    run_method!(runs, table.update("a").set("b", 1), apply());
}

async fn delete<A: CanWrite<calls::Delete>>(runs: &mut MethodRuns) {
    let table = table::<A>(runs);
    run_method!(runs, table, delete("a"));
}

async fn batch_write<A: CanWrite<calls::BatchWrite>>(runs: &mut MethodRuns) {
    let (table, item) = (table::<A>(runs), json!({ "id": "a" }));
    run_method!(runs, table, put_all([&item]));
    run_method!(runs, table, delete_all(["a"]));
}

async fn read_table<A>(runs: &mut MethodRuns)
where
    A: CanRead<calls::Get>
        + CanRead<calls::BatchGet>
        + CanRead<calls::Query>
        + CanRead<calls::Scan>,
{
    get::<A>(runs).await;
    batch_get::<A>(runs).await;
    query::<A>(runs).await;
    query_view::<A>(runs).await;
    scan::<A>(runs).await;
}

async fn write_table<A>(runs: &mut MethodRuns)
where
    A: CanWrite<calls::Put>
        + CanWrite<calls::Update>
        + CanWrite<calls::Delete>
        + CanWrite<calls::BatchWrite>,
{
    put::<A>(runs).await;
    update::<A>(runs).await;
    delete::<A>(runs).await;
    batch_write::<A>(runs).await;
}

/// Checks that a client that is narrowed to one call sends exactly the operations of this call.
macro_rules! check_narrowed {
    ($($run:ident: $Call:ident of $access:ident by $Access:ident;)*) => {$(
        let mut runs = MethodRuns::new(answer);
        block_on($run::<$Access<calls::$Call>>(&mut runs));
        runs.check_calls(ResourceKind::Table, Access::$access, &[CallGroup::$Call]);
        let mut runs = MethodRuns::new(answer);
        block_on($run::<ReadWriteAccess<(calls::$Call,)>>(&mut runs));
        runs.check_calls(ResourceKind::Table, Access::ReadWrite, &[CallGroup::$Call]);
    )*};
}

#[test]
fn a_narrowed_client_of_a_table_sends_exactly_the_granted_operations() {
    check_narrowed! {
        get: Get of Read by ReadAccess;
        batch_get: BatchGet of Read by ReadAccess;
        query: Query of Read by ReadAccess;
        query_view: Query of Read by ReadAccess;
        scan: Scan of Read by ReadAccess;
        put: Put of Write by WriteAccess;
        update: Update of Write by WriteAccess;
        delete: Delete of Write by WriteAccess;
        batch_write: BatchWrite of Write by WriteAccess;
    }
}

#[test]
fn the_client_of_a_table_sends_exactly_the_granted_operations() {
    let (client, batch) = (include_str!("client.rs"), include_str!("batch.rs"));
    let split = |bound| (methods_with_bound(client, bound), methods_with_bound(batch, bound));
    let ((reads, batch_reads), (writes, batch_writes)) =
        (split("A: CanRead<"), split("A: CanWrite<"));
    let (query, page) = (include_str!("query.rs"), include_str!("pages.rs"));
    let update = include_str!("update.rs");
    let mut runs = MethodRuns::new(answer);
    block_on(read_table::<ReadAccess>(&mut runs));
    runs.check(ResourceKind::Table, Access::Read, &[&reads, &batch_reads, query, page]);
    let mut runs = MethodRuns::new(answer);
    block_on(write_table::<WriteAccess>(&mut runs));
    runs.check(ResourceKind::Table, Access::Write, &[&writes, &batch_writes, update]);
    let mut runs = MethodRuns::new(answer);
    block_on(read_table::<ReadWriteAccess>(&mut runs));
    block_on(write_table::<ReadWriteAccess>(&mut runs));
    runs.check(ResourceKind::Table, Access::ReadWrite, &[client, batch, query, page, update]);
}

#[test]
fn every_access_that_can_be_granted_has_a_client_and_no_other() {
    check_offered_accesses::<Orders>(ResourceKind::Table);
}
