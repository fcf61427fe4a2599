//! The registry entry of `idempotent`: the paths of the key in an event, how long a response is stored, and the
//! table that stores it.

/// The idempotency of a function with `idempotent`.
// Nothing reads it if the feature is off.
#[cfg_attr(not(feature = "idempotency"), allow(dead_code))]
pub struct IdempotencyEntry {
    /// The paths to the values that together are the key of an event.
    pub(crate) key: &'static [JsonPath],
    /// The paths to the values that must be the same in all events with the same key.
    pub(crate) check: &'static [JsonPath],
    /// How long a response is stored, in seconds.
    pub(crate) ttl: u32,
    /// The table that stores the responses.
    pub(crate) store: IdempotencyTable,
}

/// A path to a value in an event.
pub struct JsonPath {
    /// The path as the user wrote it, which messages show.
    pub text: &'static str,
    /// The steps from the whole event to the value at the end of the path.
    pub steps: &'static [JsonPathStep],
}

/// One step of a path to a value in an event.
pub enum JsonPathStep {
    /// The step from an object to its field of this name.
    Field(&'static str),
    /// The step from an array to its element at this index.
    Index(u32),
}

/// The table that stores the records of idempotent functions.
#[cfg_attr(not(feature = "idempotency"), allow(dead_code))]
pub struct IdempotencyTable {
    /// The logical id of the table.
    pub(crate) id: &'static str,
    /// The environment variable with the name of the table.
    pub(crate) variable: &'static str,
    /// The name of the table's key attribute.
    pub(crate) key: &'static str,
    /// The name of the table's TTL attribute, which has the second at which a record expires.
    pub(crate) ttl: &'static str,
}
