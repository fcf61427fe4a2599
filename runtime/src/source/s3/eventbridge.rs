//! S3 events that come through `EventBridge`: takes the event of a bucket that the application does not own,
//! and returns the `S3Event` that the bucket itself would have sent, so that handlers get S3 events in one
//! shape only.
//!
//! The fields are those of "Amazon S3 event message structure" for `EventBridge` in the Amazon S3
//! User Guide.
// See decision 0034.

use aws_lambda_events::s3::S3Event;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::Error;
use crate::invocation::decode;
use crate::messages;

/// The characters that S3 does not encode in the keys of its notifications.
const KEY: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'*').remove(b'/').remove(b' ');

/// The field of an `EventBridge` event that names its source.
#[derive(Deserialize)]
struct Source {
    source: String,
}

/// An S3 event that `EventBridge` sends.
#[derive(Deserialize)]
struct EventBridgeEvent {
    #[serde(rename = "detail-type")]
    detail_type: String,
    time: String,
    region: Option<String>,
    detail: Detail,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Detail {
    bucket: BucketName,
    object: Object,
    reason: Option<String>,
    deletion_type: Option<String>,
    requester: Option<String>,
    request_id: Option<String>,
    #[serde(rename = "source-ip-address")]
    source_ip: Option<String>,
}

#[derive(Deserialize)]
struct BucketName {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Object {
    key: String,
    size: Option<i64>,
    etag: Option<String>,
    version_id: Option<String>,
    sequencer: Option<String>,
}

/// Converts an S3 event of `EventBridge` to an `S3Event`. Returns `None` if the payload is not an S3 event of
/// `EventBridge`.
pub(super) fn decode_eventbridge_event(payload: &[u8]) -> Result<Option<S3Event>, Error> {
    match serde_json::from_slice::<Source>(payload) {
        Ok(Source { source }) if source == "aws.s3" => {}
        _ => return Ok(None),
    }
    let envelope: EventBridgeEvent = decode::decode_json(payload)?;
    let event = serde_json::from_value(bucket_notification(&envelope))
        .map_err(|error| messages::batch::invalid_s3_event(&error))?;
    Ok(Some(event))
}

/// Makes the notification that the bucket itself would have sent, as JSON, because the types of `S3Event` have
/// no constructors outside their crate.
fn bucket_notification(envelope: &EventBridgeEvent) -> Value {
    let EventBridgeEvent { detail, region, time, .. } = envelope;
    let object = &detail.object;
    let elements = detail.request_id.iter().map(|id| ("x-amz-request-id".into(), json!(id)));
    json!({ "Records": [{
        "eventVersion": "2.1",
        "eventSource": "aws:s3",
        "awsRegion": region,
        "eventTime": time,
        "eventName": event_name(&envelope.detail_type, detail),
        "userIdentity": { "principalId": detail.requester },
        "requestParameters": { "sourceIPAddress": detail.source_ip },
        "responseElements": elements.collect::<serde_json::Map<_, _>>(),
        "s3": {
            "s3SchemaVersion": "1.0",
            "bucket": {
                "name": detail.bucket.name,
                "arn": format!("arn:aws:s3:::{}", detail.bucket.name),
            },
            "object": {
                "key": encode_key(&object.key),
                "urlDecodedKey": object.key,
                "size": object.size,
                "eTag": object.etag,
                "versionId": object.version_id,
                "sequencer": object.sequencer,
            },
        },
    }] })
}

/// Encodes the key of an object in the way in which S3 encodes it in its notifications.
fn encode_key(key: &str) -> String {
    utf8_percent_encode(key, KEY).to_string().replace(' ', "+")
}

/// Returns the name that an event has in S3's notifications, from the two fields into which `EventBridge`
/// splits it. A name that S3 adds in the future is kept as it is.
fn event_name(detail_type: &str, detail: &Detail) -> String {
    let reason = detail.reason.as_deref().unwrap_or_default();
    let marker = detail.deletion_type.as_deref() == Some("Delete Marker Created");
    let deletion = if marker { "DeleteMarkerCreated" } else { "Delete" };
    match (detail_type, reason) {
        ("Object Created", "PutObject") => "ObjectCreated:Put".into(),
        ("Object Created", "POST Object") => "ObjectCreated:Post".into(),
        ("Object Created", "CopyObject") => "ObjectCreated:Copy".into(),
        ("Object Created", other) => format!("ObjectCreated:{other}"),
        ("Object Deleted", "Lifecycle Expiration") => format!("LifecycleExpiration:{deletion}"),
        ("Object Deleted", _) => format!("ObjectRemoved:{deletion}"),
        ("Object Restore Initiated", _) => "ObjectRestore:Post".into(),
        ("Object Restore Completed", _) => "ObjectRestore:Completed".into(),
        ("Object Restore Expired", _) => "ObjectRestore:Delete".into(),
        ("Object Storage Class Changed", _) => "LifecycleTransition".into(),
        ("Object Access Tier Changed", _) => "IntelligentTiering".into(),
        ("Object ACL Updated", _) => "ObjectAcl:Put".into(),
        ("Object Tags Added", _) => "ObjectTagging:Put".into(),
        ("Object Tags Deleted", _) => "ObjectTagging:Delete".into(),
        (other, _) => other.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the Amazon S3 User Guide, with the parts that vary.
    fn payload(detail_type: &str, key: &str, reason: &str) -> Vec<u8> {
        let event = json!({
            "version": "0",
            "id": "17793124-05d4-b198-2fde-7ededc63b103",
            "detail-type": detail_type,
            "source": "aws.s3",
            "account": "111122223333",
            "time": "2021-11-12T00:00:00Z",
            "region": "ca-central-1",
            "resources": ["arn:aws:s3:::amzn-s3-demo-bucket1"],
            "detail": {
                "version": "0",
                "bucket": { "name": "amzn-s3-demo-bucket1" },
                "object": {
                    "key": key,
                    "size": 5,
                    "etag": "b1946ac92492d2347c6235b4d2611184",
                    "version-id": "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e",
                    "sequencer": "617f08299329d189"
                },
                "request-id": "N4N7GDK58NMKJ12R",
                "requester": "123456789012",
                "source-ip-address": "1.2.3.4",
                "reason": reason
            }
        });
        serde_json::to_vec(&event).unwrap()
    }

    fn record(payload: &[u8]) -> crate::event::S3EventRecord {
        decode_eventbridge_event(payload).unwrap().unwrap().records.remove(0)
    }

    #[test]
    fn the_documented_event_becomes_a_notification_of_the_bucket() {
        let record = record(&payload("Object Created", "example-key", "PutObject"));
        assert_eq!(record.event_source.as_deref(), Some("aws:s3"));
        assert_eq!(record.event_name.as_deref(), Some("ObjectCreated:Put"));
        assert_eq!(record.aws_region.as_deref(), Some("ca-central-1"));
        assert_eq!(record.event_time.to_rfc3339(), "2021-11-12T00:00:00+00:00");
        assert_eq!(record.s3.bucket.name.as_deref(), Some("amzn-s3-demo-bucket1"));
        let object = record.s3.object;
        assert_eq!(object.key.as_deref(), Some("example-key"));
        assert_eq!(object.size, Some(5));
        assert_eq!(object.e_tag.as_deref(), Some("b1946ac92492d2347c6235b4d2611184"));
        assert_eq!(object.sequencer.as_deref(), Some("617f08299329d189"));
    }

    #[test]
    fn a_key_is_encoded_as_a_notification_encodes_it() {
        let object = record(&payload("Object Created", "a dir/é+(1).jpg", "PutObject")).s3.object;
        assert_eq!(object.key.as_deref(), Some("a+dir/%C3%A9%2B%281%29.jpg"));
        assert_eq!(object.url_decoded_key.as_deref(), Some("a dir/é+(1).jpg"));
    }

    #[test]
    fn reasons_are_converted_to_event_names_of_notifications() {
        for (detail_type, reason, name) in [
            ("Object Created", "CopyObject", "ObjectCreated:Copy"),
            ("Object Created", "POST Object", "ObjectCreated:Post"),
            ("Object Created", "CompleteMultipartUpload", "ObjectCreated:CompleteMultipartUpload"),
            ("Object Deleted", "DeleteObject", "ObjectRemoved:Delete"),
            ("Object Deleted", "Lifecycle Expiration", "LifecycleExpiration:Delete"),
            ("Object Tags Added", "", "ObjectTagging:Put"),
        ] {
            let record = record(&payload(detail_type, "k", reason));
            assert_eq!(record.event_name.as_deref(), Some(name));
        }
    }

    #[test]
    fn the_error_for_an_invalid_s3_event_names_the_field() {
        let error =
            decode_eventbridge_event(br#"{"source":"aws.s3","detail-type":"Object Created"}"#)
                .unwrap_err();
        assert!(error.to_string().contains("missing field `time`"), "{error}");
    }

    #[test]
    fn an_event_of_another_service_is_none() {
        assert!(decode_eventbridge_event(br#"{"source":"aws.ec2"}"#).unwrap().is_none());
    }
}
