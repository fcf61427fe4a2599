// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};

use super::BusClient;
use crate::aws::testing::{FakeAws, FakeResponse, client_for, test_resource};
use crate::resource::markers::Untyped;
use crate::testing::block_on;

test_resource! {
    Events: Bus { type Message = Untyped; const SOURCE: &'static str = "shop"; }
}

fn put(entries: &Value, failed: u8) -> FakeResponse {
    FakeResponse::ok(json!({ "FailedEntryCount": failed, "Entries": entries }).to_string())
}

#[test]
fn an_event_has_its_bus_source_and_detail_type() {
    let server = FakeAws::script([put(&json!([{ "EventId": "1" }]), 0)]);
    let events = client_for!(BusClient<Events>, aws_sdk_eventbridge, server);
    block_on(events.publish("Order Placed", &json!({ "order": 1 }))).unwrap();
    let entry = json!({
        "EventBusName": "the-name", "Source": "shop", "DetailType": "Order Placed",
        "Detail": r#"{"order":1}"#,
    });
    assert_eq!(server.bodies(), [json!({ "Entries": [entry] })]);
}

#[test]
fn a_refused_event_is_an_error_although_the_request_succeeded() {
    let refused = json!([{ "ErrorCode": "NotAuthorizedForSource", "ErrorMessage": "no" }]);
    let server = FakeAws::script([put(&refused, 1)]);
    let events = client_for!(BusClient<Events>, aws_sdk_eventbridge, server);
    let error = block_on(events.publish("Order Placed", &json!({}))).unwrap_err();
    assert_eq!(error.to_string(), "1 of 1 messages were not sent: 0 (NotAuthorizedForSource: no)");
    assert_eq!(server.seen().len(), 1);
}

#[test]
fn an_event_that_the_answer_does_not_confirm_was_not_published() {
    for entries in [json!([]), json!([{}]), json!([{ "EventId": null }])] {
        let server = FakeAws::script([put(&entries, 0)]);
        let events = client_for!(BusClient<Events>, aws_sdk_eventbridge, server);
        let error = block_on(events.publish("Order Placed", &json!({}))).unwrap_err();
        let message = "1 of 1 messages were not sent: 0 (Unconfirmed: the answer of AWS does not \
                       confirm it)";
        assert_eq!(error.to_string(), message, "{entries}");
    }
}

#[test]
fn ten_events_are_sent_a_request_and_throttled_events_are_retried() {
    let mut first = vec![json!({ "EventId": "1" }); 10];
    first[3] = json!({ "ErrorCode": "ThrottlingException", "ErrorMessage": "later" });
    let server = FakeAws::script([
        put(&json!(first), 1),
        put(&json!([{ "EventId": "1" }]), 0),
        put(&json!([{ "EventId": "1" }]), 0),
    ]);
    let events = client_for!(BusClient<Events>, aws_sdk_eventbridge, server);
    block_on(events.publish_all((0..11).map(|number| ("N", json!(number))))).unwrap();
    let details = |body: &Value| {
        let entries = body["Entries"].as_array().unwrap().iter();
        entries.map(|it| it["Detail"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let bodies: Vec<_> = server.bodies().iter().map(details).collect();
    assert_eq!(
        (bodies[0].len(), &bodies[1..]),
        (10, &[vec!["3".to_owned()], vec!["10".into()]][..])
    );
}
