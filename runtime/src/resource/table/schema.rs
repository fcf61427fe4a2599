//! The types of the schema of a table, which `#[resource]` writes: the attributes that are keys, and the secondary
//! indexes.

/// An attribute that is a key of a table or of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyAttribute {
    /// The name of the attribute.
    pub name: &'static str,
    /// The type of the attribute.
    pub kind: KeyType,
}

/// The types that a key attribute of a DynamoDB table can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyType {
    /// `S` in `DynamoDB`, a `&str` in Rust.
    String,
    /// `N` in `DynamoDB`, an `i64` in Rust.
    Number,
    /// `B` in `DynamoDB`, a `&[u8]` in Rust.
    Binary,
}

/// A secondary index of a DynamoDB table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecondaryIndex {
    /// The name of the index.
    pub name: &'static str,
    /// The partition key of the index. A local index has the partition key of the table.
    pub key: KeyAttribute,
    /// The sort key of the index; `None` if the index has none.
    pub sort: Option<KeyAttribute>,
}
