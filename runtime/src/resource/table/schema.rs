//! The schema of a table as the macro writes it: the attributes that are keys, and the secondary indexes.

/// An attribute that is a key of a table or of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyAttribute {
    /// The name of the attribute.
    pub name: &'static str,
    /// The type of the attribute.
    pub kind: KeyType,
}

/// The types that a key can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyType {
    /// `S` in `DynamoDB`, a `&str` in Rust.
    String,
    /// `N` in `DynamoDB`, an `i64` in Rust.
    Number,
    /// `B` in `DynamoDB`, a `&[u8]` in Rust.
    Binary,
}

/// A secondary index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecondaryIndex {
    /// The name of the index.
    pub name: &'static str,
    /// The partition key. A local index has the table's.
    pub key: KeyAttribute,
    /// The sort key, if there is one.
    pub sort: Option<KeyAttribute>,
}
