//! Tests that the client of a queue sends exactly the operations that its capabilities grant.
// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use serde_json::json;
use skylift_model::access::Access;
use skylift_model::resource::ResourceKind;

use super::client::QueueClient;
use super::tests::take_all;
use crate::aws::testing::{client_for, test_resource};
use crate::resource::grants::{MethodRuns, check_offered_accesses, run_method};
use crate::resource::markers::{Fifo, Standard, Untyped};
use crate::testing::block_on;

test_resource! {
    Jobs: Queue { type Message = Untyped; type Order = Standard; }
    Lines: Queue { type Message = Untyped; type Order = Fifo; }
}

#[test]
fn the_client_of_a_queue_sends_exactly_the_granted_operations() {
    let mut runs = MethodRuns::new(take_all);
    let jobs = client_for!(QueueClient<Jobs>, aws_sdk_sqs, runs.server);
    let lines = client_for!(QueueClient<Lines>, aws_sdk_sqs, runs.server);
    let message = json!(1);
    block_on(async {
        run_method!(runs, jobs, send(&message));
        run_method!(runs, jobs, send_delayed(&message, Duration::ZERO));
        run_method!(runs, jobs, send_all([&message]));
        run_method!(runs, lines, send_to_group("g", "1", &message));
        run_method!(runs, lines, send_all_to_groups([("g", "1", &message)]));
    });
    runs.check(ResourceKind::Queue, Access::Send, &[include_str!("client.rs")]);
}

#[test]
fn every_access_that_can_be_granted_has_a_client_and_no_other() {
    check_offered_accesses::<Jobs>(ResourceKind::Queue);
}
