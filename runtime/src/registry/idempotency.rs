//! What a function does once, as the macro writes it into the registry: where its key is, for how long an
//! answer is kept, and in which table.

/// What a function does once for a key, and where that is kept.
// Without the feature there is none.
#[cfg_attr(not(feature = "idempotency"), allow(dead_code))]
pub struct IdempotencyEntry {
    /// Where in an event its key is.
    pub(crate) key: &'static [JsonPath],
    /// What of an event has to be the same where the key is.
    pub(crate) check: &'static [JsonPath],
    /// Seconds for which an answer is kept.
    pub(crate) ttl: u32,
    pub(crate) store: IdempotencyTable,
}

/// A place in an event.
pub struct JsonPath {
    /// As messages show it.
    pub text: &'static str,
    /// From the whole event on.
    pub steps: &'static [JsonPathStep],
}

/// One step of a path.
pub enum JsonPathStep {
    /// To the field of an object.
    Field(&'static str),
    /// To the item of a list.
    Index(u32),
}

/// The table that keeps what was done.
#[cfg_attr(not(feature = "idempotency"), allow(dead_code))]
pub struct IdempotencyTable {
    /// Its logical id.
    pub(crate) id: &'static str,
    /// The environment variable with its name.
    pub(crate) variable: &'static str,
    /// Its key.
    pub(crate) key: &'static str,
    /// The attribute with the second at which a record expires.
    pub(crate) ttl: &'static str,
}
