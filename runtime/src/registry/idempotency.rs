//! The entry of `idempotent`: where the key is in an event, how long a response is stored, and in which
//! table.

/// The idempotency of a function. Functions without `idempotent` have no such entry.
// Nothing reads it if the feature is off.
#[cfg_attr(not(feature = "idempotency"), allow(dead_code))]
pub struct IdempotencyEntry {
    /// The paths to the values that are the key.
    pub(crate) key: &'static [JsonPath],
    /// The paths to the values that must be the same for events with the same key.
    pub(crate) check: &'static [JsonPath],
    /// Seconds for which a response is stored.
    pub(crate) ttl: u32,
    pub(crate) store: IdempotencyTable,
}

/// A path to a value in an event.
pub struct JsonPath {
    /// The path, as messages show it.
    pub text: &'static str,
    /// The steps from the whole event to the value.
    pub steps: &'static [JsonPathStep],
}

/// One step of a path.
pub enum JsonPathStep {
    /// To a field of an object.
    Field(&'static str),
    /// To an element of an array.
    Index(u32),
}

/// The table that stores the records.
#[cfg_attr(not(feature = "idempotency"), allow(dead_code))]
pub struct IdempotencyTable {
    /// Its logical id.
    pub(crate) id: &'static str,
    /// The environment variable with the table's name.
    pub(crate) variable: &'static str,
    /// The table's key attribute.
    pub(crate) key: &'static str,
    /// The attribute with the second at which a record expires, the table's TTL attribute.
    pub(crate) ttl: &'static str,
}
