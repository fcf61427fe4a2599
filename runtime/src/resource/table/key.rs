//! The keys of a table's items: text, a whole number or bytes, and pairs of them if the table has a sort key. The
//! macro writes which keys a table has, and the client takes no others.

use crate::sealed::Sealed;

/// The value of a partition key or a sort key, by its type in DynamoDB.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyValue<'a> {
    /// `S`.
    Text(&'a str),
    /// `N`.
    Number(i64),
    /// `B`.
    Bytes(&'a [u8]),
}

/// A partition key or a sort key: `&str`, `i64` or `&[u8]`.
pub trait KeyPart<'a>: Sealed + Copy + Send + Sync {
    /// Returns the value.
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

/// The sort key of a table that has none. It has no values.
#[derive(Clone, Copy, Debug)]
pub enum NoSortKey {}

impl Sealed for NoSortKey {}

impl<'a> KeyPart<'a> for NoSortKey {
    fn value(self) -> KeyValue<'a> {
        match self {}
    }
}

/// The key of an item: a [`KeyPart`], or a pair of them if the table has a sort key.
pub trait Key<'a>: Sealed + Copy + Send + Sync {
    /// Returns the partition key and the sort key.
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

impl<P, S> Sealed for (P, S) {}

impl<'a, P: KeyPart<'a>, S: KeyPart<'a>> Key<'a> for (P, S) {
    fn values(self) -> (KeyValue<'a>, Option<KeyValue<'a>>) {
        (self.0.value(), Some(self.1.value()))
    }
}
