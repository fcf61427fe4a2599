//! [`DocumentDbChange`]: a change of a cluster, with the document decoded as a type of the user.

use std::time::SystemTime;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::event::{
    DocumentDbEventRecord, DocumentDbNamespace, DocumentDbOperation, DocumentDbUpdate,
};
use super::extended_json::to_plain;
use crate::Error;
use crate::invocation::decode;
use crate::messages;

/// The fields of a change with values of its documents.
const DOCUMENT_FIELDS: [&str; 3] = ["documentKey", "fullDocument", "updateDescription"];

/// A change of a document, a collection or a database of a cluster of Amazon `DocumentDB`. The document is a `T`.
///
/// MongoDB's extended JSON is converted to plain JSON before the `T` is decoded: an `ObjectId` is a text, a date is a text
/// as RFC 3339, a number is a number, a decimal number is a text, and bytes are a text as base64.
/// Mirrors "Using Lambda with Amazon DocumentDB" of the AWS Lambda Developer Guide.
///
/// ```
/// use serde::Deserialize;
/// use skylift::event::{DocumentDbChange, DocumentDbOperation};
/// use skylift::{Error, function};
///
/// #[derive(Deserialize)]
/// struct Order { total: u32 }
///
/// #[function(trigger = documentdb(
///     cluster = param("ClusterArn"),
///     database = "shop",
///     collection = "orders",
///     full_document = update_lookup,
///     start = latest,
///     secret = param("LoginArn"),
/// ))]
/// async fn audit(change: DocumentDbChange<Order>) -> Result<(), Error> {
///     match (change.operation(), change.document()) {
///         (DocumentDbOperation::Delete, _) => println!("{:?} is gone", change.id()),
///         (_, Some(order)) => println!("{:?} is {}", change.id(), order.total),
///         _ => {}
///     }
///     Ok(())
/// }
///
/// // In a test, make one by hand.
/// let change = DocumentDbChange::inserted(Order { total: 5 }).with_id("63eeb6e7d418cd98afb1c1d7");
/// assert_eq!(change.id_str(), Some("63eeb6e7d418cd98afb1c1d7"));
/// # let _ = audit(change);
/// ```
///
/// The changes of a batch are delivered one after another, in their order. A change that fails ends the batch, and Lambda
/// sends the whole batch again, until it succeeds or the cluster no longer has the changes: `idempotent(key = "$._id._data")`
/// handles each once.
#[derive(Clone, Debug)]
pub struct DocumentDbChange<T> {
    document: Option<T>,
    /// The change, in plain JSON and without its document.
    record: DocumentDbEventRecord,
}

/// The fields of a change, before its document is decoded.
#[derive(Deserialize)]
#[serde(transparent)]
struct ChangeFields(Map<String, Value>);

impl<T> DocumentDbChange<T> {
    /// Makes a change for tests of a handler.
    pub fn new(operation: DocumentDbOperation, document: Option<T>) -> Self {
        let record = DocumentDbEventRecord { operation, ..DocumentDbEventRecord::default() };
        Self { document, record }
    }

    /// Makes the change of an inserted document for tests of a handler.
    pub fn inserted(document: T) -> Self {
        Self::new(DocumentDbOperation::Insert, Some(document))
    }

    /// Makes the change of a deleted document for tests of a handler.
    pub fn deleted() -> Self {
        Self::new(DocumentDbOperation::Delete, None)
    }

    /// Sets the `_id` of the document.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<Value>) -> Self {
        let key = Map::from_iter([("_id".to_owned(), id.into())]);
        self.record.document_key = Some(Value::Object(key));
        self
    }

    /// Sets the database and the collection.
    #[must_use]
    pub fn with_namespace(mut self, db: impl Into<String>, coll: impl Into<String>) -> Self {
        self.record.ns = Some(DocumentDbNamespace { db: db.into(), coll: Some(coll.into()) });
        self
    }

    /// Sets a field that an `update` changed.
    #[must_use]
    pub fn with_updated_field(mut self, path: impl Into<String>, value: impl Into<Value>) -> Self {
        let update = self.record.update_description.get_or_insert_default();
        update.updated_fields.insert(path.into(), value.into());
        self
    }

    /// Returns what happened.
    pub fn operation(&self) -> &DocumentDbOperation {
        &self.record.operation
    }

    /// Returns the document. A deleted document has none, and an updated one has it only with `full_document =
    /// update_lookup`: then it is the document as it was when Lambda read the change, and `None` if it was deleted since.
    pub fn document(&self) -> Option<&T> {
        self.document.as_ref()
    }

    /// Returns the document without the rest of the change.
    pub fn into_document(self) -> Option<T> {
        self.document
    }

    /// Returns the `_id` of the document; `None` for a change of a collection or a database.
    pub fn id(&self) -> Option<&Value> {
        self.record.document_key.as_ref()?.get("_id")
    }

    /// Returns the `_id` of the document, if it is an `ObjectId` or a text.
    pub fn id_str(&self) -> Option<&str> {
        self.id()?.as_str()
    }

    /// Returns the fields that an `update` changed.
    pub fn update(&self) -> Option<&DocumentDbUpdate> {
        self.record.update_description.as_ref()
    }

    /// Returns the name of the database; `None` for the end of a change stream.
    pub fn database(&self) -> Option<&str> {
        self.record.ns.as_ref().map(|ns| ns.db.as_str())
    }

    /// Returns the name of the collection; `None` for a change of a whole database.
    pub fn collection(&self) -> Option<&str> {
        self.record.ns.as_ref()?.coll.as_deref()
    }

    /// Returns the new database and collection of a `rename`.
    pub fn renamed_to(&self) -> Option<&DocumentDbNamespace> {
        self.record.to.as_ref()
    }

    /// Returns when the cluster wrote the change, to the second; 1970 if the change does not say so.
    pub fn cluster_time(&self) -> SystemTime {
        self.record.cluster_time()
    }

    /// Returns the token of the change, which is the same on every delivery.
    pub fn resume_token(&self) -> &str {
        &self.record.resume_token
    }
}

impl<T: DeserializeOwned> DocumentDbChange<T> {
    /// Decodes a change and its document, and returns with the change its plain JSON.
    pub(super) fn read(json: &&str) -> Result<(Self, Vec<u8>), Error> {
        let ChangeFields(mut change) = decode::decode_text(json)?;
        for field in DOCUMENT_FIELDS {
            if let Some(value) = change.get_mut(field) {
                *value = to_plain(value.take());
            }
        }
        let plain = serde_json::to_vec(&change)?;
        let document = match change.remove("fullDocument") {
            None | Some(Value::Null) => None,
            Some(document) => {
                let document = serde_json::to_vec(&document)?;
                let decoded = decode::decode_json(&document);
                Some(decoded.map_err(|error| error.with_context(messages::servers::document()))?)
            }
        };
        let record = decode::decode_json(&serde_json::to_vec(&change)?)?;
        Ok((Self { document, record }, plain))
    }
}
