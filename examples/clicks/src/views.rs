//! What goes through the stream, and what the table holds.

use serde::{Deserialize, Serialize};

/// Somebody looked at a page.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Click {
    /// Who.
    pub(crate) visitor: String,
    /// What they looked at.
    pub(crate) page: String,
}

/// How often a page was seen in one window of one shard.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Views {
    /// The page, the partition key.
    pub(crate) page: String,
    /// Which window it was, the sort key.
    pub(crate) part: String,
    /// When it began, in seconds since 1970.
    pub(crate) since: u64,
    /// How often.
    pub(crate) count: u64,
    /// When the table may forget it, in seconds since 1970.
    pub(crate) expires_at: u64,
}
