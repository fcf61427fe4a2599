//! A stream is asked for what is granted.
// Clippy knows `#[test]` functions, and not what they call.
#![allow(clippy::unwrap_used)]

use serde_json::json;
use skylift_model::access::Access;
use skylift_model::resource::ResourceKind;

use super::client::StreamClient;
use crate::aws::testing::{Answer, Request, client_of, resource};
use crate::resource::grants::{Ran, check_offered, run};
use crate::resource::markers::Untyped;
use crate::testing::block_on;

resource! {
    Clicks: Stream { type Message = Untyped; }
}

fn answer(request: &Request) -> Answer {
    let record = json!({ "SequenceNumber": "1", "ShardId": "s" });
    Answer::ok(match request.operation().as_str() {
        "PutRecords" => json!({ "Records": [record] }).to_string(),
        _ => record.to_string(),
    })
}

#[test]
fn a_stream_is_asked_for_what_is_granted() {
    let mut ran = Ran::new(answer);
    let clicks = client_of!(StreamClient<Clicks>, aws_sdk_kinesis, ran.server);
    block_on(async {
        run!(ran, clicks, put("k", &json!(1)));
        run!(ran, clicks, put_all([("k", &json!(1))]));
    });
    ran.check(ModelKind::Stream, Access::Put, &[include_str!("client.rs")]);
}

#[test]
fn there_are_clients_for_what_can_be_granted_and_for_nothing_else() {
    check_offered::<Clicks>(ResourceKind::Stream);
}
