//! The source `documentdb`: takes a batch of the changes of a cluster of Amazon `DocumentDB`, and delivers it as a whole, or
//! one change after another, raw or with a decoded document.
// See decision 0121.

#[cfg(feature = "documentdb")]
mod change;
#[cfg(feature = "documentdb")]
mod deliver;
#[cfg(feature = "documentdb")]
mod event;
#[cfg(feature = "documentdb")]
mod extended_json;
pub(crate) mod registration;
#[cfg(all(test, feature = "documentdb"))]
mod tests;

#[cfg(feature = "documentdb")]
pub use change::DocumentDbChange;
#[cfg(feature = "documentdb")]
pub use event::{
    DocumentDbEvent, DocumentDbEventRecord, DocumentDbNamespace, DocumentDbOperation,
    DocumentDbUpdate, TruncatedArray,
};

pub use registration::{DeliveredByDocumentDb, DocumentDb, SOURCE, documentdb};
