//! Tests that the client of a stream sends exactly the operations that its capabilities grant.
// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use serde_json::json;
use skylift_model::access::Access;
use skylift_model::resource::ResourceKind;

use super::client::StreamClient;
use crate::aws::testing::{FakeResponse, ReceivedRequest, client_for, test_resource};
use crate::resource::grants::{MethodRuns, check_offered_accesses, run_method};
use crate::resource::markers::Untyped;
use crate::testing::block_on;

test_resource! {
    Clicks: Stream { type Message = Untyped; }
}

fn answer(request: &ReceivedRequest) -> FakeResponse {
    let record = json!({ "SequenceNumber": "1", "ShardId": "s" });
    FakeResponse::ok(match request.operation().as_str() {
        "PutRecords" => json!({ "Records": [record] }).to_string(),
        _ => record.to_string(),
    })
}

#[test]
fn the_client_of_a_stream_sends_exactly_the_granted_operations() {
    let mut runs = MethodRuns::new(answer);
    let clicks = client_for!(StreamClient<Clicks>, aws_sdk_kinesis, runs.server);
    block_on(async {
        run_method!(runs, clicks, put("k", &json!(1)));
        run_method!(runs, clicks, put_all([("k", &json!(1))]));
    });
    runs.check(ResourceKind::Stream, Access::Put, &[include_str!("client.rs")]);
}

#[test]
fn every_access_that_can_be_granted_has_a_client_and_no_other() {
    check_offered_accesses::<Clicks>(ResourceKind::Stream);
}
