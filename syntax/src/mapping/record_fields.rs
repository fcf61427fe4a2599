//! The fields that the records of a source have. Filters may name only these fields.

/// The fields that the records of a source have.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RecordFields {
    /// The name of the source in the grammar.
    pub(crate) source: &'static str,
    /// The fields of a record, beginning with the fields that filters name most often.
    pub(crate) fields: &'static [&'static str],
    /// The fields that have one of a few values, each with these values.
    pub(crate) values: &'static [(&'static str, &'static [&'static str])],
}
