//! Tests that the client of a state machine sends exactly the operations that its capabilities grant.
// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use serde_json::json;
use skylift_model::access::Access;
use skylift_model::resource::ResourceKind;

use super::{Express, StateMachineClient};
use crate::aws::testing::{FakeResponse, ReceivedRequest, client_for, test_resource};
use crate::resource::grants::{MethodRuns, check_offered_accesses, run_method};
use crate::resource::markers::Untyped;
use crate::testing::block_on;

test_resource! {
    Prices: StateMachine { type Input = Untyped; type Output = Untyped; type Workflow = Express; }
}

fn answer(_: &ReceivedRequest) -> FakeResponse {
    let answer =
        json!({ "executionArn": "a", "startDate": 1, "stopDate": 1, "status": "SUCCEEDED" });
    FakeResponse::ok(answer.to_string())
}

#[test]
fn the_client_of_a_state_machine_sends_exactly_the_granted_operations() {
    let mut runs = MethodRuns::new(answer);
    let prices = client_for!(StateMachineClient<Prices>, aws_sdk_sfn, runs.server);
    block_on(async {
        run_method!(runs, prices, start(&json!(1)));
        run_method!(runs, prices, start_named("a", &json!(1)));
        run_method!(runs, prices, start_sync(&json!(1)));
    });
    runs.check(ResourceKind::StateMachine, Access::Start, &[include_str!("client.rs")]);
}

#[test]
fn every_access_that_can_be_granted_has_a_client_and_no_other() {
    check_offered_accesses::<Prices>(ResourceKind::StateMachine);
}
