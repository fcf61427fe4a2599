//! The fields of a source's records. Filters may name only these.

/// The fields of a source's records.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RecordFields {
    /// The source.
    pub(crate) source: &'static str,
    /// The fields of a record, with those that filters name most often first.
    pub(crate) fields: &'static [&'static str],
}
