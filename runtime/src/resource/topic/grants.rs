//! Tests that the client of a topic sends exactly the operations that its capabilities grant.
// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use serde_json::json;
use skylift_model::access::Access;
use skylift_model::resource::ResourceKind;

use super::{PublishOptions, TopicClient};
use crate::aws::testing::{FakeResponse, ReceivedRequest, client_for, test_resource};
use crate::resource::grants::{MethodRuns, check_offered_accesses, run_method};
use crate::resource::markers::{Fifo, Standard, Untyped};
use crate::testing::block_on;

test_resource! {
    News: Topic { type Message = Untyped; type Order = Standard; }
    Poems: Topic { type Message = Untyped; type Order = Fifo; }
}

fn answer(_: &ReceivedRequest) -> FakeResponse {
    let taken = "<Successful><member><Id>0</Id></member></Successful>";
    FakeResponse::ok(format!(
        "<a><PublishResult><MessageId>1</MessageId></PublishResult>\
         <PublishBatchResult>{taken}</PublishBatchResult></a>"
    ))
}

#[test]
fn the_client_of_a_topic_sends_exactly_the_granted_operations() {
    let mut runs = MethodRuns::new(answer);
    let news = client_for!(TopicClient<News>, aws_sdk_sns, runs.server);
    let poems = client_for!(TopicClient<Poems>, aws_sdk_sns, runs.server);
    let message = json!(1);
    block_on(async {
        run_method!(runs, news, publish(&message));
        run_method!(runs, news, publish_with(&message, PublishOptions::new()));
        run_method!(runs, news, publish_all([&message]));
        run_method!(runs, poems, publish_to_group("g", "1", &message));
        run_method!(runs, poems, publish_all_to_groups([("g", "1", &message)]));
    });
    runs.check(ResourceKind::Topic, Access::Publish, &[include_str!("client.rs")]);
}

#[test]
fn every_access_that_can_be_granted_has_a_client_and_no_other() {
    check_offered_accesses::<News>(ResourceKind::Topic);
}
