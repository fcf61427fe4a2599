//! Tests of the delivery of events of EventBridge.

use serde::Deserialize;

use super::{EventBridgeEvent, EventEnvelope, event};
use crate::Error;
use crate::handler::triggered_handler;
use crate::testing::{fixture, respond};

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct StateChange {
    instance_id: String,
}

#[test]
fn the_official_event_reaches_the_handler_with_its_detail_and_its_envelope() {
    let handler = triggered_handler([event::<EventBridgeEvent<StateChange>>()], |event, _| async {
        assert_eq!(event.id(), "7bf73129-1428-4cd3-a780-95db273d1602");
        assert_eq!(event.source(), "aws.ec2");
        assert_eq!(event.detail_type(), "EC2 Instance State-change Notification");
        assert_eq!(event.resources(), ["arn:aws:ec2:us-east-1:123456789012:instance/i-abcd1111"]);
        assert_eq!(event.envelope().detail["state"], "pending");
        Ok(Ok::<_, Error>(event.into_inner().instance_id))
    });
    let answer = respond(&handler, &fixture("example-eventbridge-event-obj.json")).unwrap();
    assert_eq!(answer, br#""i-abcd1111""#);
}

#[test]
fn a_detail_of_any_json_needs_no_type() {
    let handler = triggered_handler([event::<EventBridgeEvent>()], |event, _| async move {
        Ok(Ok::<_, Error>(event["state"].clone()))
    });
    let answer = respond(&handler, &fixture("example-eventbridge-event-obj.json")).unwrap();
    assert_eq!(answer, br#""pending""#);
}

#[test]
fn the_whole_event_reaches_the_handler() {
    let handler = triggered_handler([event::<EventEnvelope>()], |event, _| async move {
        Ok(Ok::<_, Error>(event.source))
    });
    let answer = respond(&handler, &fixture("example-eventbridge-event-obj.json")).unwrap();
    assert_eq!(answer, br#""aws.ec2""#);
}

#[test]
fn a_detail_of_another_type_is_an_error_with_its_place() {
    let handler = triggered_handler([event::<EventBridgeEvent<StateChange>>()], |_, _| async {
        Ok(Ok::<_, Error>(()))
    });
    let payload = br#"{"source":"a","detail-type":"b","detail":{"instance-id":7}}"#;
    let error = respond(&handler, payload).unwrap_err();
    assert_eq!(error.name(), "InvalidPayload");
    let text = error.to_string();
    assert!(text.contains("`detail.instance-id`: invalid type: integer `7`"), "{text}");
}
