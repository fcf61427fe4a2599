//! Tests that the client of an event bus sends exactly the operations that its capabilities grant.
// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use serde_json::json;
use skylift_model::access::Access;
use skylift_model::resource::ResourceKind;

use super::client::BusClient;
use crate::aws::testing::{FakeResponse, ReceivedRequest, client_for, test_resource};
use crate::resource::grants::{MethodRuns, check_offered_accesses, run_method};
use crate::resource::markers::Untyped;
use crate::testing::block_on;

test_resource! {
    Events: Bus { type Message = Untyped; const SOURCE: &'static str = "test"; }
}

fn answer(_: &ReceivedRequest) -> FakeResponse {
    FakeResponse::ok(json!({ "Entries": [{ "EventId": "1" }] }).to_string())
}

#[test]
fn the_client_of_a_bus_sends_exactly_the_granted_operations() {
    let mut runs = MethodRuns::new(answer);
    let events = client_for!(BusClient<Events>, aws_sdk_eventbridge, runs.server);
    block_on(async {
        run_method!(runs, events, publish("T", &json!(1)));
        run_method!(runs, events, publish_all([("T", &json!(1))]));
    });
    runs.check(ResourceKind::Bus, Access::Publish, &[include_str!("client.rs")]);
}

#[test]
fn every_access_that_can_be_granted_has_a_client_and_no_other() {
    check_offered_accesses::<Events>(ResourceKind::Bus);
}
