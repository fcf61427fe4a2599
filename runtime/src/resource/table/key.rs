//! The keys of a table's items: text, a whole number or bytes, and pairs of two such values if the table has a sort
//! key. `#[resource]` writes the type of the keys of a table, and the typed client takes no other keys.

use crate::sealed::Sealed;

/// The value of a partition key or a sort key, by its type in DynamoDB.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyValue<'a> {
    /// Text: the type `S` in DynamoDB.
    Text(&'a str),
    /// A whole number: the type `N` in DynamoDB.
    Number(i64),
    /// Bytes: the type `B` in DynamoDB.
    Bytes(&'a [u8]),
}

/// A value of a partition key or of a sort key: `&str`, `i64` or `&[u8]`.
pub trait KeyPart<'a>: Sealed + Copy + Send + Sync {
    /// Returns the value of the key with its type in DynamoDB.
    #[doc(hidden)]
    fn value(self) -> KeyValue<'a>;
}

impl Sealed for &str {}
impl Sealed for i64 {}
impl Sealed for &[u8] {}

impl<'a> KeyPart<'a> for &'a str {
    fn value(self) -> KeyValue<'a> {
        KeyValue::Text(self)
    }
}

impl<'a> KeyPart<'a> for i64 {
    fn value(self) -> KeyValue<'a> {
        KeyValue::Number(self)
    }
}

impl<'a> KeyPart<'a> for &'a [u8] {
    fn value(self) -> KeyValue<'a> {
        KeyValue::Bytes(self)
    }
}

/// The type of the sort key of a table that has no sort key. It has no values.
#[derive(Clone, Copy, Debug)]
pub enum NoSortKey {}

impl Sealed for NoSortKey {}

impl<'a> KeyPart<'a> for NoSortKey {
    fn value(self) -> KeyValue<'a> {
        match self {}
    }
}

/// The key of an item of a table: a [`KeyPart`], or a pair of two if the table has a sort key.
pub trait Key<'a>: Sealed + Copy + Send + Sync {
    /// Returns the partition key and the sort key; `None` if the table has no sort key.
    #[doc(hidden)]
    fn values(self) -> (KeyValue<'a>, Option<KeyValue<'a>>);
}

impl<'a> Key<'a> for &'a str {
    fn values(self) -> (KeyValue<'a>, Option<KeyValue<'a>>) {
        (self.value(), None)
    }
}

impl<'a> Key<'a> for i64 {
    fn values(self) -> (KeyValue<'a>, Option<KeyValue<'a>>) {
        (self.value(), None)
    }
}

impl<'a> Key<'a> for &'a [u8] {
    fn values(self) -> (KeyValue<'a>, Option<KeyValue<'a>>) {
        (self.value(), None)
    }
}

/// A table without a sort key has no views. This implementation leaves that error of the build step the only one.
impl<'a> Key<'a> for NoSortKey {
    fn values(self) -> (KeyValue<'a>, Option<KeyValue<'a>>) {
        match self {}
    }
}

impl<P, S> Sealed for (P, S) {}

impl<'a, P: KeyPart<'a>, S: KeyPart<'a>> Key<'a> for (P, S) {
    fn values(self) -> (KeyValue<'a>, Option<KeyValue<'a>>) {
        (self.0.value(), Some(self.1.value()))
    }
}
