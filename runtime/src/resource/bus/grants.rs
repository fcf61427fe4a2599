//! An event bus is asked for what is granted.
// Clippy knows `#[test]` functions, and not what they call.
#![allow(clippy::unwrap_used)]

use serde_json::json;
use skylift_model::access::Access;
use skylift_model::resource::ResourceKind;

use super::client::BusClient;
use crate::aws::testing::{Answer, Request, client_of, resource};
use crate::resource::grants::{Ran, check_offered, run};
use crate::resource::markers::Untyped;
use crate::testing::block_on;

resource! {
    Events: Bus { type Message = Untyped; const SOURCE: &'static str = "test"; }
}

fn answer(_: &Request) -> Answer {
    Answer::ok(json!({ "Entries": [{ "EventId": "1" }] }).to_string())
}

#[test]
fn a_bus_is_asked_for_what_is_granted() {
    let mut ran = Ran::new(answer);
    let events = client_of!(BusClient<Events>, aws_sdk_eventbridge, ran.server);
    block_on(async {
        run!(ran, events, publish("T", &json!(1)));
        run!(ran, events, publish_all([("T", &json!(1))]));
    });
    ran.check(ModelKind::Bus, Access::Publish, &[include_str!("client.rs")]);
}

#[test]
fn there_are_clients_for_what_can_be_granted_and_for_nothing_else() {
    check_offered::<Events>(ResourceKind::Bus);
}
