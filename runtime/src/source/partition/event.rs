//! [`KafkaEvent`] and [`KafkaEventRecord`]: a batch of a Kafka topic, and its records, as Lambda sends them. The types
//! are Skylift's own: those of `aws_lambda_events` 1.2.1 reject the bytes of headers above 127 and records without
//! headers, and drop the schemas.
// See decision 0112.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::batch::deserialize_partitions;
use crate::messages;
use crate::source::batch::borrowed_text::BorrowedText;

/// A batch of records of a Kafka topic, of a cluster of Amazon MSK or of a self-managed one.
///
/// Mirrors "Event" in "Using Lambda with Amazon MSK" of the AWS Lambda Developer Guide.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct KafkaEvent {
    /// The sender: `aws:kafka` for Amazon MSK, and `SelfManagedKafka` for another cluster.
    #[serde(default)]
    pub event_source: String,
    /// The ARN of the cluster, or of the VPC connection; only Amazon MSK has one.
    #[serde(default)]
    pub event_source_arn: Option<String>,
    /// The bootstrap servers of the cluster, with commas between them.
    #[serde(default)]
    pub bootstrap_servers: Option<String>,
    /// The records by their partitions, such as `orders-0`, in the order of the partition.
    #[serde(deserialize_with = "deserialize_partitions")]
    pub records: BTreeMap<String, Vec<KafkaEventRecord>>,
}

impl KafkaEvent {
    /// Returns all records, partition by partition.
    pub fn iter(&self) -> impl Iterator<Item = &KafkaEventRecord> {
        self.records.values().flatten()
    }
}

/// A record of a Kafka topic, with its key and its value as bytes.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct KafkaEventRecord {
    /// The topic of the record.
    pub topic: String,
    /// The number of the partition.
    pub partition: i32,
    /// The offset of the record in its partition.
    pub offset: i64,
    /// The time of the record in milliseconds since 1970; 0 or less if it has none.
    #[serde(default)]
    pub timestamp: i64,
    /// The meaning of the time: `CREATE_TIME` or `LOG_APPEND_TIME`.
    #[serde(default)]
    pub timestamp_type: Option<String>,
    /// The key; `None` for a record without one.
    #[serde(default, deserialize_with = "deserialize_base64")]
    pub key: Option<Vec<u8>>,
    /// The value; `None` for a tombstone, which deletes what is stored by the key.
    #[serde(default, deserialize_with = "deserialize_base64")]
    pub value: Option<Vec<u8>>,
    /// The headers, in their order. A name can occur several times.
    #[serde(default, deserialize_with = "deserialize_headers")]
    pub headers: Vec<KafkaHeader>,
    /// The schema of the key, if Lambda read it from a registry.
    #[serde(default, rename = "keySchemaMetadata")]
    pub key_schema: Option<KafkaSchema>,
    /// The schema of the value, if Lambda read it from a registry.
    #[serde(default, rename = "valueSchemaMetadata")]
    pub value_schema: Option<KafkaSchema>,
}

/// A header of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KafkaHeader {
    /// The name of the header.
    pub name: String,
    /// The value; empty for a header without one.
    pub value: Vec<u8>,
}

/// The schema of a key or a value, in a schema registry.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct KafkaSchema {
    /// The format of the data: `JSON`, `AVRO` or `PROTOBUF`.
    #[serde(default)]
    pub data_format: Option<String>,
    /// The id of the schema in its registry.
    #[serde(default, deserialize_with = "deserialize_id")]
    pub schema_id: Option<String>,
}

/// Decodes the id of a schema, which is a text or a number.
fn deserialize_id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Id {
        Text(String),
        Number(i64),
    }

    let id: Option<Id> = Deserialize::deserialize(deserializer)?;
    Ok(id.map(|id| match id {
        Id::Text(text) => text,
        Id::Number(number) => number.to_string(),
    }))
}

/// Decodes bytes from base64; null has none.
fn deserialize_base64<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Vec<u8>>, D::Error> {
    let text: Option<BorrowedText<'de>> = Deserialize::deserialize(deserializer)?;
    let decode = |text: BorrowedText<'de>| {
        STANDARD.decode(&*text).map_err(|why| de::Error::custom(messages::batch::not_base64(&why)))
    };
    text.map(decode).transpose()
}

/// A byte of a header. Lambda sends the bytes above 127 as negative numbers, as Java has them.
struct HeaderByte(u8);

impl<'de> Deserialize<'de> for HeaderByte {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = i16::deserialize(deserializer)?;
        let signed = || i8::try_from(number).map(i8::cast_unsigned);
        let byte = u8::try_from(number).or_else(|_| signed());
        byte.map(Self).map_err(|_| de::Error::custom(messages::batch::not_a_byte(number)))
    }
}

/// Decodes headers: a list of objects, with the bytes of one header in each. A record can have `null` instead of a list.
fn deserialize_headers<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<KafkaHeader>, D::Error> {
    let headers: Option<Headers> = Deserialize::deserialize(deserializer)?;
    Ok(headers.map(|headers| headers.0).unwrap_or_default())
}

struct Headers(Vec<KafkaHeader>);

impl<'de> Deserialize<'de> for Headers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(HeadersVisitor)
    }
}

struct HeadersVisitor;

impl<'de> Visitor<'de> for HeadersVisitor {
    type Value = Headers;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(messages::batch::headers_expected())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Headers, A::Error> {
        let mut headers = Vec::new();
        while let Some(HeaderObject(more)) = list.next_element()? {
            headers.extend(more);
        }
        Ok(Headers(headers))
    }
}

/// An object with headers. Lambda sends one header in each.
struct HeaderObject(Vec<KafkaHeader>);

impl<'de> Deserialize<'de> for HeaderObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(HeaderVisitor)
    }
}

struct HeaderVisitor;

impl<'de> Visitor<'de> for HeaderVisitor {
    type Value = HeaderObject;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(messages::batch::header_expected())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<HeaderObject, A::Error> {
        let mut headers = Vec::new();
        while let Some((name, bytes)) =
            object.next_entry::<Cow<'de, str>, Option<Vec<HeaderByte>>>()?
        {
            let bytes = bytes.unwrap_or_default();
            let value = bytes.into_iter().map(|HeaderByte(byte)| byte).collect();
            headers.push(KafkaHeader { name: name.into_owned(), value });
        }
        Ok(HeaderObject(headers))
    }
}
