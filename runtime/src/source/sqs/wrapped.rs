//! Takes apart the messages that a queue gets by a subscription: the envelope of SNS around a message of a topic, and the
//! event of EventBridge around its detail. A body that is neither is the message itself.

use std::collections::HashMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::source::batch::borrowed_text::BorrowedText;

/// What SNS sends with a message of a topic. AWS: "Parsing message formats" of the Amazon SNS Developer Guide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TopicEnvelope {
    /// The ARN of the topic.
    pub topic_arn: String,
    /// The id that SNS gave to the message. It is the same in every queue that is subscribed to the topic.
    pub message_id: String,
    /// The subject of the message; `None` if the publisher set none.
    pub subject: Option<String>,
    /// The time at which the message was published, as in `2026-01-01T00:00:00.000Z`.
    pub timestamp: String,
    /// The sequence number of a message of a FIFO topic.
    pub sequence_number: Option<String>,
    /// The message attributes that the publisher set.
    pub message_attributes: HashMap<String, TopicAttribute>,
}

/// A message attribute of a message of a topic.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
#[non_exhaustive]
pub struct TopicAttribute {
    /// The type of the value: `String`, `String.Array`, `Number` or `Binary`.
    #[serde(rename = "Type")]
    pub data_type: String,
    /// The value as text. A binary value is in Base64.
    pub value: String,
}

/// What EventBridge sends with the detail of an event. AWS: "Event structure reference".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct BusEnvelope {
    /// The id of the event.
    pub id: String,
    /// The source of the event.
    pub source: String,
    /// The detail type of the event.
    pub detail_type: String,
    /// The time of the event, as in `2026-01-01T00:00:00Z`.
    pub time: String,
    /// The account that the event comes from.
    pub account: String,
    /// The region that the event comes from.
    pub region: String,
    /// The ARNs of the resources that the event is about.
    pub resources: Vec<String>,
}

/// Where a message comes from, with what the service sent beside it.
#[derive(Clone, Debug)]
pub(super) enum Origin {
    Topic(TopicEnvelope),
    Bus(BusEnvelope),
}

/// A message without its envelope.
pub(super) struct Unwrapped {
    /// The message as JSON.
    pub(super) text: String,
    /// Where the message comes from.
    pub(super) origin: Origin,
}

/// The fields of a body that show whether it is an envelope.
#[derive(Deserialize)]
struct Fields<'a> {
    #[serde(borrow, rename = "Type")]
    kind: Option<BorrowedText<'a>>,
    #[serde(borrow, rename = "TopicArn")]
    topic: Option<BorrowedText<'a>>,
    #[serde(borrow, rename = "MessageId")]
    message_id: Option<BorrowedText<'a>>,
    #[serde(borrow, rename = "Message")]
    message: Option<BorrowedText<'a>>,
    #[serde(borrow, rename = "Subject")]
    subject: Option<BorrowedText<'a>>,
    #[serde(borrow, rename = "Timestamp")]
    timestamp: Option<BorrowedText<'a>>,
    #[serde(borrow, rename = "SequenceNumber")]
    sequence_number: Option<BorrowedText<'a>>,
    #[serde(borrow, rename = "MessageAttributes")]
    attributes: Option<&'a RawValue>,
    #[serde(borrow)]
    id: Option<BorrowedText<'a>>,
    #[serde(borrow)]
    source: Option<BorrowedText<'a>>,
    #[serde(borrow, rename = "detail-type")]
    detail_type: Option<BorrowedText<'a>>,
    #[serde(borrow)]
    detail: Option<&'a RawValue>,
    #[serde(borrow)]
    time: Option<BorrowedText<'a>>,
    #[serde(borrow)]
    account: Option<BorrowedText<'a>>,
    #[serde(borrow)]
    region: Option<BorrowedText<'a>>,
    #[serde(borrow)]
    resources: Option<&'a RawValue>,
}

/// The fields of the message that S3 sends when notifications are set.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct TestEvent<'a> {
    #[serde(borrow)]
    service: BorrowedText<'a>,
    #[serde(borrow)]
    event: BorrowedText<'a>,
    #[serde(borrow, rename = "Bucket")]
    _bucket: BorrowedText<'a>,
}

/// Takes the body of a message apart. Returns `None` if it is in no envelope.
pub(super) fn unwrap_body(body: &str) -> Option<Unwrapped> {
    let fields: Fields<'_> = serde_json::from_str(body).ok()?;
    let text = |text: Option<BorrowedText<'_>>| text.map(|it| it.to_string());
    let or_empty = |it: Option<BorrowedText<'_>>| text(it).unwrap_or_default();
    if fields.kind.as_deref() == Some("Notification") {
        let attributes = fields.attributes.and_then(|it| serde_json::from_str(it.get()).ok());
        let envelope = TopicEnvelope {
            topic_arn: text(fields.topic)?,
            message_id: text(fields.message_id)?,
            subject: text(fields.subject),
            timestamp: or_empty(fields.timestamp),
            sequence_number: text(fields.sequence_number),
            message_attributes: attributes.unwrap_or_default(),
        };
        return Some(Unwrapped { text: text(fields.message)?, origin: Origin::Topic(envelope) });
    }
    let resources = fields.resources.and_then(|it| serde_json::from_str(it.get()).ok());
    let envelope = BusEnvelope {
        id: text(fields.id)?,
        source: text(fields.source)?,
        detail_type: text(fields.detail_type)?,
        time: or_empty(fields.time),
        account: or_empty(fields.account),
        region: or_empty(fields.region),
        resources: resources.unwrap_or_default(),
    };
    let detail = fields.detail?.get().to_owned();
    Some(Unwrapped { text: detail, origin: Origin::Bus(envelope) })
}

/// Returns whether a message is the one by which S3 tests whether it may send notifications. It is about no object.
pub(super) fn is_test_event(text: &str) -> bool {
    let read: Result<TestEvent<'_>, _> = serde_json::from_str(text);
    read.is_ok_and(|it| &*it.service == "Amazon S3" && &*it.event == "s3:TestEvent")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_notification_is_taken_apart() {
        let body = json!({
            "Type": "Notification",
            "MessageId": "m-1",
            "TopicArn": "arn:aws:sns:eu-west-1:123456789012:news",
            "Subject": "Hello",
            "Message": "{\"id\":\"a\\nb\"}",
            "Timestamp": "2026-01-01T00:00:00.000Z",
            "SignatureVersion": "1",
            "MessageAttributes": { "kind": { "Type": "String", "Value": "placed" } },
        });
        let unwrapped = unwrap_body(&body.to_string()).unwrap();
        assert_eq!(unwrapped.text, "{\"id\":\"a\\nb\"}");
        let Origin::Topic(envelope) = unwrapped.origin else { panic!() };
        assert_eq!(envelope.topic_arn, "arn:aws:sns:eu-west-1:123456789012:news");
        assert_eq!(
            (envelope.message_id.as_str(), envelope.subject.as_deref()),
            ("m-1", Some("Hello"))
        );
        assert_eq!(envelope.timestamp, "2026-01-01T00:00:00.000Z");
        let kind = &envelope.message_attributes["kind"];
        assert_eq!((kind.data_type.as_str(), kind.value.as_str()), ("String", "placed"));
        assert_eq!(envelope.sequence_number, None);
    }

    #[test]
    fn an_event_is_taken_apart() {
        let body = r#"{"version":"0","id":"e-1","detail-type":"placed","source":"shop","account":"1","time":"2026-01-01T00:00:00Z","region":"eu-west-1","resources":["arn:a"],"detail":{"id": 7}}"#;
        let unwrapped = unwrap_body(body).unwrap();
        assert_eq!(unwrapped.text, "{\"id\": 7}");
        let Origin::Bus(envelope) = unwrapped.origin else { panic!() };
        let found = [&envelope.id, &envelope.source, &envelope.detail_type, &envelope.region];
        assert_eq!(found, ["e-1", "shop", "placed", "eu-west-1"]);
        assert_eq!(envelope.resources, ["arn:a"]);
    }

    #[test]
    fn another_body_is_the_message_itself() {
        let deep = "[".repeat(100_000);
        for body in [
            "",
            "text",
            "[]",
            "{}",
            "{\"id\":1}",
            r#"{"Type":"Notification","Message":"a"}"#,
            r#"{"Type":"Notification","Message":1,"TopicArn":"a","MessageId":"b"}"#,
            r#"{"Type":"SubscriptionConfirmation","Message":"a","TopicArn":"a","MessageId":"b"}"#,
            r#"{"id":"a","source":"b","detail":{}}"#,
            deep.as_str(),
        ] {
            assert!(unwrap_body(body).is_none(), "{body:.80}");
        }
    }

    #[test]
    fn only_the_test_event_of_s3_is_one() {
        let test = r#"{"Service":"Amazon S3","Event":"s3:TestEvent","Time":"2026-01-01T00:00:00.000Z","Bucket":"b","RequestId":"r","HostId":"h"}"#;
        assert!(is_test_event(test));
        for other in [
            r#"{"Service":"Amazon S3","Event":"s3:TestEvent"}"#,
            r#"{"Service":"Amazon S4","Event":"s3:TestEvent","Bucket":"b"}"#,
            r#"{"Records":[]}"#,
            "",
        ] {
            assert!(!is_test_event(other), "{other}");
        }
    }
}
