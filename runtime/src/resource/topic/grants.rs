//! A topic is asked for what is granted.
// Clippy knows `#[test]` functions, and not what they call.
#![allow(clippy::unwrap_used)]

use serde_json::json;
use skylift_model::access::Access;
use skylift_model::resource::ResourceKind;

use super::client::{PublishOptions, TopicClient};
use crate::aws::testing::{Answer, Request, client_of, resource};
use crate::resource::grants::{Ran, check_offered, run};
use crate::resource::markers::{Fifo, Standard, Untyped};
use crate::testing::block_on;

resource! {
    News: Topic { type Message = Untyped; type Order = Standard; }
    Poems: Topic { type Message = Untyped; type Order = Fifo; }
}

fn answer(_: &Request) -> Answer {
    Answer::ok("<a><PublishResult/><PublishBatchResult/></a>")
}

#[test]
fn a_topic_is_asked_for_what_is_granted() {
    let mut ran = Ran::new(answer);
    let news = client_of!(TopicClient<News>, aws_sdk_sns, ran.server);
    let poems = client_of!(TopicClient<Poems>, aws_sdk_sns, ran.server);
    let message = json!(1);
    block_on(async {
        run!(ran, news, publish(&message));
        run!(ran, news, publish_with(&message, PublishOptions::new()));
        run!(ran, news, publish_all([&message]));
        run!(ran, poems, publish_to_group("g", "1", &message));
        run!(ran, poems, publish_all_to_groups([("g", "1", &message)]));
    });
    ran.check(ModelKind::Topic, Access::Publish, &[include_str!("client.rs")]);
}

#[test]
fn there_are_clients_for_what_can_be_granted_and_for_nothing_else() {
    check_offered::<News>(ResourceKind::Topic);
}
