//! Tests that the client of a table sends exactly the operations that its capabilities grant.
// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};
use skylift_model::access::Access;
use skylift_model::resource::ResourceKind;

use super::client::TableClient;
use super::key::NoSortKey;
use super::schema::{KeyAttribute, KeyType, SecondaryIndex};
use crate::aws::testing::{FakeResponse, ReceivedRequest, client_for, test_resource};
use crate::resource::access::{CanRead, CanWrite, ReadAccess, ReadWriteAccess, WriteAccess};
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

async fn read_table<A: CanRead>(runs: &mut MethodRuns) {
    let table = client_for!(TableClient<Orders, A>, aws_sdk_dynamodb, runs.server);
    run_method!(runs, table, get("a"));
    run_method!(runs, table, get_consistent("a"));
    run_method!(runs, table, get_all(["a"]));
    run_method!(runs, table.query("a"), page());
    run_method!(runs, table.index("by_id").query("a"), all());
    run_method!(runs, table.scan(), all());
    run_method!(runs, table.index("by_id").scan().pages(), next());
}

async fn write_table<A: CanWrite>(runs: &mut MethodRuns) {
    let table = client_for!(TableClient<Orders, A>, aws_sdk_dynamodb, runs.server);
    let item = json!({ "id": "a" });
    run_method!(runs, table, put(&item));
    run_method!(runs, table, create(&item));
    run_method!(runs, table.update("a").set("b", 1), apply());
    run_method!(runs, table, delete("a"));
    run_method!(runs, table, put_all([&item]));
    run_method!(runs, table, delete_all(["a"]));
}

#[test]
fn the_client_of_a_table_sends_exactly_the_granted_operations() {
    let (client, batch) = (include_str!("client.rs"), include_str!("batch.rs"));
    let split = |bound| (methods_with_bound(client, bound), methods_with_bound(batch, bound));
    let ((reads, batch_reads), (writes, batch_writes)) =
        (split("A: CanRead"), split("A: CanWrite"));
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
