//! A queue is asked for what is granted.
// Clippy knows `#[test]` functions, and not what they call.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use serde_json::json;
use skylift_model::access::Access;
use skylift_model::resource::ResourceKind;

use super::client::QueueClient;
use crate::aws::testing::{Answer, Request, client_of, resource};
use crate::resource::grants::{Ran, check_offered, run};
use crate::resource::markers::{Fifo, Standard, Untyped};
use crate::testing::block_on;

resource! {
    Jobs: Queue { type Message = Untyped; type Order = Standard; }
    Lines: Queue { type Message = Untyped; type Order = Fifo; }
}

fn answer(request: &Request) -> Answer {
    Answer::ok(match request.operation().as_str() {
        "SendMessageBatch" => json!({ "Successful": [], "Failed": [] }).to_string(),
        _ => "{}".to_owned(),
    })
}

#[test]
fn a_queue_is_asked_for_what_is_granted() {
    let mut ran = Ran::new(answer);
    let jobs = client_of!(QueueClient<Jobs>, aws_sdk_sqs, ran.server);
    let lines = client_of!(QueueClient<Lines>, aws_sdk_sqs, ran.server);
    let message = json!(1);
    block_on(async {
        run!(ran, jobs, send(&message));
        run!(ran, jobs, send_delayed(&message, Duration::ZERO));
        run!(ran, jobs, send_all([&message]));
        run!(ran, lines, send_to_group("g", "1", &message));
        run!(ran, lines, send_all_to_groups([("g", "1", &message)]));
    });
    ran.check(ModelKind::Queue, Access::Send, &[include_str!("client.rs")]);
}

#[test]
fn there_are_clients_for_what_can_be_granted_and_for_nothing_else() {
    check_offered::<Jobs>(ResourceKind::Queue);
}
