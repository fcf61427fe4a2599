//! [`DocumentDbEvent`] and [`DocumentDbEventRecord`]: a batch of changes of a cluster, and its changes, as Lambda sends them.
//! The types are Skylift's own: those of `aws_lambda_events` 1.2.1 have private fields, and reject a document whose id is not
//! an `ObjectId`.
// See decision 0121.

use std::time::{Duration, SystemTime};

use serde::Deserialize;
use serde::de::Deserializer;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::Error;
use crate::invocation::decode;
use crate::messages;

/// A batch of changes of a database or a collection.
///
/// Mirrors "Using Lambda with Amazon DocumentDB" of the AWS Lambda Developer Guide.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DocumentDbEvent {
    /// The sender: `aws:docdb`.
    #[serde(default)]
    pub event_source: String,
    /// The ARN of the cluster.
    #[serde(default)]
    pub event_source_arn: Option<String>,
    /// The changes, in their order.
    #[serde(deserialize_with = "deserialize_changes")]
    pub events: Vec<DocumentDbEventRecord>,
}

/// A change of a database or a collection. Documents and ids are in MongoDB's extended JSON, in which an id is
/// `{"$oid": "…"}`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DocumentDbEventRecord {
    /// What happened.
    #[serde(rename = "operationType")]
    pub operation: DocumentDbOperation,
    /// The token of the change, with which a change stream can be read from it on. It is the same on every delivery.
    #[serde(default, rename = "_id", deserialize_with = "deserialize_token")]
    pub resume_token: String,
    /// The database and the collection.
    #[serde(default)]
    pub ns: Option<DocumentDbNamespace>,
    /// The new database and collection of a `rename`.
    #[serde(default)]
    pub to: Option<DocumentDbNamespace>,
    /// The `_id` of the document, as an object.
    #[serde(default)]
    pub document_key: Option<Value>,
    /// The document. An `update` has it only with `full_document = update_lookup`.
    #[serde(default)]
    pub full_document: Option<Value>,
    /// The fields that an `update` changed.
    #[serde(default)]
    pub update_description: Option<DocumentDbUpdate>,
    /// When the cluster wrote the change, in seconds since 1970.
    #[serde(default, rename = "clusterTime", deserialize_with = "deserialize_time")]
    pub cluster_seconds: Option<u64>,
    /// The number of the transaction that made the change.
    #[serde(default)]
    pub txn_number: Option<Value>,
    /// The session of the transaction that made the change.
    #[serde(default)]
    pub lsid: Option<Value>,
}

impl DocumentDbEventRecord {
    /// Returns when the cluster wrote the change, to the second; 1970 if the change does not say so.
    #[must_use]
    pub fn cluster_time(&self) -> SystemTime {
        let since = Duration::from_secs(self.cluster_seconds.unwrap_or_default());
        SystemTime::UNIX_EPOCH.checked_add(since).unwrap_or(SystemTime::UNIX_EPOCH)
    }
}

/// What happened to a document, a collection or a database.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
#[non_exhaustive]
pub enum DocumentDbOperation {
    /// A document was inserted.
    #[default]
    Insert,
    /// Fields of a document were changed.
    Update,
    /// A document was replaced.
    Replace,
    /// A document was deleted.
    Delete,
    /// A collection was dropped.
    Drop,
    /// A database was dropped.
    DropDatabase,
    /// A collection was renamed.
    Rename,
    /// The change stream ended, because its collection or database was dropped or renamed.
    Invalidate,
    /// Another operation, by its name.
    Other(String),
}

impl From<String> for DocumentDbOperation {
    fn from(name: String) -> Self {
        match name.as_str() {
            "insert" => Self::Insert,
            "update" => Self::Update,
            "replace" => Self::Replace,
            "delete" => Self::Delete,
            "drop" => Self::Drop,
            "dropDatabase" => Self::DropDatabase,
            "rename" => Self::Rename,
            "invalidate" => Self::Invalidate,
            _ => Self::Other(name),
        }
    }
}

/// A database, or a collection of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct DocumentDbNamespace {
    /// The name of the database.
    pub db: String,
    /// The name of the collection; `None` for a change of the whole database.
    #[serde(default)]
    pub coll: Option<String>,
}

/// The fields that an `update` changed.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct DocumentDbUpdate {
    /// The fields that were set, each with its new value. A path has dots: `address.city`.
    #[serde(default)]
    pub updated_fields: Map<String, Value>,
    /// The fields that were removed.
    #[serde(default)]
    pub removed_fields: Vec<String>,
    /// The arrays that were cut.
    #[serde(default)]
    pub truncated_arrays: Vec<TruncatedArray>,
}

/// An array that an `update` cut.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TruncatedArray {
    /// The field with the array.
    pub field: String,
    /// The number of elements that are left.
    pub new_size: u64,
}

/// An element of a batch.
#[derive(Deserialize)]
struct Element<C> {
    event: C,
}

/// Decodes the changes of a batch.
fn deserialize_changes<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<DocumentDbEventRecord>, D::Error> {
    let elements: Vec<Element<DocumentDbEventRecord>> = Deserialize::deserialize(deserializer)?;
    Ok(elements.into_iter().map(|element| element.event).collect())
}

/// Decodes the token of a change, which is in an object. Another form is an empty token.
fn deserialize_token<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let token: Value = Deserialize::deserialize(deserializer)?;
    Ok(token["_data"].as_str().unwrap_or_default().to_owned())
}

/// Decodes the seconds of a timestamp of MongoDB. Another form is no time: a handler rarely uses it, and an error would stop
/// all changes behind this one.
fn deserialize_time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    let time: Value = Deserialize::deserialize(deserializer)?;
    Ok(time["$timestamp"]["t"].as_u64())
}

/// Splits a payload into the JSON of its changes, or returns an error if it is no batch of changes.
pub(super) fn split_changes(payload: &[u8]) -> Result<Vec<&str>, Error> {
    #[derive(Deserialize)]
    struct Batch<'a> {
        #[serde(borrow)]
        events: Vec<BorrowedElement<'a>>,
    }

    #[derive(Deserialize)]
    struct BorrowedElement<'a> {
        #[serde(borrow)]
        event: &'a RawValue,
    }

    let batch: Batch<'_> = decode::decode_json(payload)?;
    Ok(batch.events.into_iter().map(|element| element.event.get()).collect())
}

/// Describes a change in the log: by its token, or by its number in the batch if it has none.
pub(super) fn describe_change(index: usize, json: &str) -> String {
    #[derive(Deserialize)]
    struct Token {
        #[serde(rename = "_id", deserialize_with = "deserialize_token")]
        token: String,
    }

    match serde_json::from_str(json) {
        Ok(Token { token }) if !token.is_empty() => messages::servers::describe_change(&token),
        _ => messages::batch::describe_broken_record(index),
    }
}
