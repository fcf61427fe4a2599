//! Tests that the client of another function only invokes it.
// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use serde_json::{Value, json};
use skylift_model::access::Access;

use super::client::FunctionClient;
use crate::aws::testing::{FakeResponse, ReceivedRequest, client_for, test_resource};
use crate::resource::grants::{MethodRuns, offered_accesses, run_method};
use crate::testing::block_on;

test_resource! {
    Price: Function { type Event = Value; type Answer = Value; }
}

fn answer(_: &ReceivedRequest) -> FakeResponse {
    FakeResponse::ok("{}")
}

#[test]
fn the_client_of_a_function_only_invokes_it() {
    let mut runs = MethodRuns::new(answer);
    let price = client_for!(FunctionClient<Price>, aws_sdk_lambda, runs.server);
    block_on(async {
        run_method!(runs, price, invoke(&json!(1)));
        run_method!(runs, price, invoke_async(&json!(1)));
    });
    assert_eq!(runs.operations(), BTreeSet::from(["Invoke".to_owned()]));
    runs.check_methods(&[include_str!("client.rs")]);
}

#[test]
fn a_function_has_a_client_for_invoking_and_no_other() {
    assert_eq!(offered_accesses::<Price>(), [Access::Invoke]);
}
