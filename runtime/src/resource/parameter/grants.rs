//! Tests that the client of a parameter sends exactly the operations that its capabilities grant.
// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use skylift_model::access::Access;
use skylift_model::resource::ResourceKind;

use super::client::{ParameterClient, fetch_first_value};
use crate::aws::testing::{FakeResponse, ReceivedRequest, test_resource};
use crate::resource::grants::{MethodRuns, check_offered_accesses, run_method};
use crate::resource::kinds::FromConnection as _;
use crate::testing::block_on;

test_resource! {
    Limit: Parameter {}
}

fn answer(_: &ReceivedRequest) -> FakeResponse {
    FakeResponse::ok(r#"{"Parameter":{"Value":"x"}}"#)
}

#[test]
fn the_client_of_a_parameter_sends_exactly_the_granted_operations() {
    let source = include_str!("../cached_value.rs");
    let mut runs = MethodRuns::new(answer);
    block_on(async {
        let client = aws_sdk_ssm::Client::new(&runs.server.config());
        let value = fetch_first_value::<Limit>(client, "a".into()).await.unwrap();
        let limit = ParameterClient::<Limit>::from_connection(value);
        run_method!(runs, limit, get());
        run_method!(runs, limit, get_max_age(Duration::ZERO));
        run_method!(runs, limit, refresh());
    });
    runs.check(ResourceKind::Parameter, Access::Read, &[source]);
}

#[test]
fn every_access_that_can_be_granted_has_a_client_and_no_other() {
    check_offered_accesses::<Limit>(ResourceKind::Parameter);
}
