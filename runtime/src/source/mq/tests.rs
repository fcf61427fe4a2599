//! Batches of brokers of Amazon MQ, as Lambda sends them: what a handler is called with, and what a failure does.
// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::Error;
use crate::event::{MqBroker, MqEvent, MqEventMessage, MqMessage, MqProperty};
use crate::handler::triggered_handler;
use crate::registry::Handler;
use crate::source::mq::mq;
use crate::source::{Event as _, shape::PayloadShape};
use crate::testing::{fixture, respond, respond_before};

const ACTIVE: &str = "example-activemq-event.json";
const RABBIT: &str = "example-rabbitmq-event.json";

fn event(name: &str) -> MqEvent {
    serde_json::from_slice(&fixture(name)).unwrap()
}

/// A batch of `ActiveMQ` with these bodies.
fn batch(bodies: &[&str]) -> Vec<u8> {
    let mut payload: Value = serde_json::from_slice(&fixture(ACTIVE)).unwrap();
    let message = payload["messages"][0].clone();
    let messages = bodies.iter().enumerate().map(|(number, body)| {
        let mut message = message.clone();
        message["messageID"] = json!(format!("m{number}"));
        message["data"] = json!(STANDARD.encode(body));
        message
    });
    payload["messages"] = messages.collect();
    payload.to_string().into_bytes()
}

type Seen = Arc<Mutex<Vec<String>>>;

/// Handles words, and records what it was called with: `bad` fails, and `boom` panics.
fn words() -> (Handler, Seen) {
    let seen = Seen::default();
    let notes = Arc::clone(&seen);
    let handler = triggered_handler([mq::<MqMessage<String>>()], move |word, _| {
        notes.lock().unwrap().push(word.to_string());
        async move {
            assert_ne!(*word, "boom");
            Ok(if *word == "bad" { Err("bad word") } else { Ok(()) })
        }
    });
    (handler, seen)
}

#[test]
fn the_official_message_of_active_mq_has_all_its_fields() {
    let event = event(ACTIVE);
    assert_eq!(event.event_source, "aws:mq");
    assert!(
        event.event_source_arn.unwrap().starts_with("arn:aws:mq:us-west-2:533019413397:broker:")
    );
    let [message] = &event.messages[..] else { panic!("one message") };
    assert_eq!(message.data, b"Enter some text here for the message body...");
    assert_eq!((message.queue.as_str(), &message.virtual_host), ("testQueue", &None));
    assert!(message.message_id.as_ref().unwrap().starts_with("ID:b-0f5b7522"));
    assert_eq!((&message.correlation_id, &message.message_type), (&None, &None));
    assert_eq!((message.priority, message.delivery_mode), (Some(0), Some(1)));
    assert_eq!(message.expiration.as_deref(), Some("0"));
    assert_eq!(message.properties["testKey"].as_str(), Some("testValue"));
    let MqBroker::ActiveMq(own) = &message.broker else { panic!("{:?}", message.broker) };
    assert_eq!(own.message_type.as_deref(), Some("jms/text-message"));
    assert_eq!(
        (own.timestamp, own.broker_in_time),
        (Some(1_599_863_938_941), Some(1_599_863_938_943))
    );
    assert_eq!(own.broker_out_time, Some(1_599_863_938_944));
    let null = self::event("example-activemq-event-null-properties.json");
    assert!(null.messages[0].properties.is_empty());
}

/// AWS's guide shows other spellings and types than the example of `aws_lambda_events`.
#[test]
fn the_message_of_the_guide_is_read_as_well() {
    let message: MqEventMessage = serde_json::from_value(json!({
        "messageID": "ID:1", "messageType": "jms/text-message", "deliveryMode": 1, "replyTo": null,
        "type": null, "expiration": "60000", "priority": 1, "correlationId": "myJMSCoID",
        "redelivered": true, "destination": { "physicalName": "testQueue" }, "data": "QUJDOkFBQUE=",
        "timestamp": 1_598_827_811_958_i64, "brokerInTime": 1_598_827_811_958_i64,
        "brokerOutTime": 1_598_827_811_959_i64, "properties": { "index": 1, "doAlarm": "false" },
    }))
    .unwrap();
    assert_eq!(message.correlation_id.as_deref(), Some("myJMSCoID"));
    assert_eq!((message.expiration.as_deref(), message.redelivered), (Some("60000"), true));
    assert_eq!(message.data, b"ABC:AAAA");
    assert_eq!(message.properties["index"], MqProperty::Other(json!(1)));
}

#[test]
fn the_official_message_of_rabbit_mq_has_all_its_fields() {
    let event = event(RABBIT);
    assert_eq!(event.event_source, "aws:rmq");
    let [message] = &event.messages[..] else { panic!("one message") };
    assert_eq!((message.queue.as_str(), message.virtual_host.as_deref()), ("test", Some("/")));
    assert_eq!(message.data, br#"{"timeout":0,"data":"CZrmf0Gw8Ov4bqLQxD4E"}"#);
    assert_eq!((&message.message_id, message.priority), (&None, Some(34)));
    assert_eq!(message.expiration.as_deref(), Some("60000"));
    assert_eq!(message.properties["header1"].as_str(), Some("value1"));
    assert_eq!(message.properties["numberInHeader"], MqProperty::Other(json!(10)));
    let MqBroker::RabbitMq(own) = &message.broker else { panic!("{:?}", message.broker) };
    assert_eq!((own.content_type.as_deref(), own.body_size), (Some("text/plain"), Some(80)));
    assert_eq!(own.timestamp.as_deref(), Some("Jan 1, 1970, 12:33:41 AM"));
    assert_eq!(own.user_id.as_deref(), Some("AIDACKCEVSQ6C2EXAMPLE"));
}

#[test]
fn a_header_is_a_text_bytes_or_another_value() {
    let header = |value: Value| MqProperty::from(value);
    assert_eq!(header(json!({ "bytes": [195, 182] })), MqProperty::Text("ö".to_owned()));
    assert_eq!(header(json!({ "bytes": [-61, -74] })), MqProperty::Text("ö".to_owned()));
    assert_eq!(header(json!({ "bytes": [255] })), MqProperty::Bytes(vec![255]));
    assert_eq!(header(json!("a")).as_str(), Some("a"));
    for other in [json!({ "bytes": [256] }), json!({ "bytes": [1], "b": 1 }), json!(true)] {
        assert_eq!(header(other.clone()), MqProperty::Other(other));
    }
}

#[test]
fn a_queue_of_a_virtual_host_is_named_without_it() {
    let mut payload: Value = serde_json::from_slice(&fixture(RABBIT)).unwrap();
    let messages = payload["rmqMessagesByQueue"]["test::/"].clone();
    payload["rmqMessagesByQueue"] = json!({ "a::b::/tenant": messages.clone(), "plain": messages });
    let event: MqEvent = serde_json::from_value(payload.clone()).unwrap();
    let names = event.messages.iter().map(|it| (it.queue.as_str(), it.virtual_host.as_deref()));
    assert_eq!(names.collect::<Vec<_>>(), [("a::b", Some("/tenant")), ("plain", Some("/"))]);
    let typed = triggered_handler([mq::<MqMessage<Value>>()], |message, _| async move {
        let known = ["/tenant", "/"].contains(&message.virtual_host().unwrap());
        assert!(known && message["timeout"] == 0 && message.envelope().data.is_empty());
        Ok(Ok::<_, Error>(()))
    });
    assert_eq!(respond(&typed, payload.to_string().as_bytes()).unwrap(), b"null");
}

#[test]
fn the_official_batches_reach_handlers_of_batches_and_of_messages() {
    let whole = triggered_handler([mq::<MqEvent>()], |event, _| async move {
        Ok(Ok::<_, Error>(event.messages.len()))
    });
    let raw = triggered_handler([mq::<MqEventMessage>()], |message, _| async move {
        assert!(!message.data.is_empty());
        Ok(Ok::<_, Error>(()))
    });
    for name in [ACTIVE, RABBIT] {
        assert_eq!(respond(&whole, &fixture(name)).unwrap(), b"1");
        assert_eq!(respond(&raw, &fixture(name)).unwrap(), b"null");
    }
}

#[test]
fn messages_are_handled_in_order_up_to_the_first_that_fails() {
    for bad in [r#""bad""#, r#""boom""#, "7"] {
        let (handler, seen) = words();
        let error = respond(&handler, &batch(&[r#""one""#, bad, r#""three""#])).unwrap_err();
        assert!(error.to_string().starts_with("message m1: "), "{error}");
        assert!(!seen.lock().unwrap().contains(&"three".to_owned()), "{bad}");
    }
    let (handler, seen) = words();
    assert_eq!(respond(&handler, &batch(&[r#""one""#, r#""two""#])).unwrap(), b"null");
    assert_eq!(*seen.lock().unwrap(), ["one", "two"]);
}

#[test]
fn a_message_without_time_is_not_started() {
    let (handler, seen) = words();
    let error =
        respond_before(&handler, &batch(&[r#""one""#]), Duration::from_millis(1)).unwrap_err();
    assert_eq!(error.name(), "DeadlineReached");
    assert!(seen.lock().unwrap().is_empty());
}

#[test]
fn a_mistake_is_named_with_its_place() {
    let (handler, _) = words();
    let failed = |payload: &[u8]| {
        let error = respond(&handler, payload).unwrap_err();
        assert_eq!(error.name(), "InvalidPayload");
        error.to_string()
    };
    let found = failed(&batch(&["{"]));
    assert!(
        found.starts_with("message m0: the message's body: the payload is not a `String`"),
        "{found}"
    );
    let found = failed(br#"{"eventSource":"aws:mq"}"#);
    assert!(found.contains("neither `messages` of ActiveMQ nor `rmqMessagesByQueue`"), "{found}");
    let found = failed(br#"{"messages":[{"data":"%"}]}"#);
    assert!(found.contains("record 1 of the event") && found.contains("not base64"), "{found}");
    let found = failed(br#"{"messages":7}"#);
    assert!(found.contains("`messages`"), "{found}");
}

#[test]
fn batches_of_both_brokers_are_recognised() {
    for (source, is_known) in [("aws:mq", true), ("aws:rmq", true), ("aws:kafka", false)] {
        let payload = json!({ "eventSource": source }).to_string();
        let shape: PayloadShape<'_> = serde_json::from_str(&payload).unwrap();
        assert_eq!(MqEvent::recognises(&shape), is_known, "{source}");
        assert_eq!(MqMessage::<String>::recognises(&shape), is_known, "{source}");
        assert_eq!(MqEventMessage::recognises(&shape), is_known, "{source}");
    }
}

#[test]
fn a_message_for_a_test_has_what_it_was_given() {
    let message = MqMessage::new(7)
        .with_queue("orders")
        .with_message_id("1")
        .with_correlation_id("2")
        .with_redelivered(true)
        .with_property("a", "b");
    assert_eq!((message.queue(), message.message_id()), ("orders", Some("1")));
    assert_eq!((message.correlation_id(), message.reply_to()), (Some("2"), None));
    assert!(message.is_redelivered() && message.property("a") == Some("b"));
    assert_eq!(message.property("c"), None);
    assert_eq!(message.into_inner(), 7);
}
