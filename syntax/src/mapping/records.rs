//! The records of a source, as filters see them.

/// The records of a source.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Records {
    /// The source.
    pub(crate) source: &'static str,
    /// The fields of a record, those that filters are about most first.
    pub(crate) fields: &'static [&'static str],
}
