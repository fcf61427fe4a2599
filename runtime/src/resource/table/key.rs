//! The keys of a table's items: text, a whole number or bytes, and pairs of them where the table has
//! a sort key. The macro says which a table has; a client takes nothing else.

/// A key of one attribute, as DynamoDB knows it.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartValue<'a> {
    /// `S`.
    Text(&'a str),
    /// `N`.
    Number(i64),
    /// `B`.
    Bytes(&'a [u8]),
}

/// A partition key or a sort key: `&str`, `i64` or `&[u8]`.
pub trait Part<'a>: Copy + Send + Sync {
    /// As one type.
    #[doc(hidden)]
    fn value(self) -> PartValue<'a>;
}

impl<'a> Part<'a> for &'a str {
    fn value(self) -> PartValue<'a> {
        PartValue::Text(self)
    }
}

impl<'a> Part<'a> for i64 {
    fn value(self) -> PartValue<'a> {
        PartValue::Number(self)
    }
}

impl<'a> Part<'a> for &'a [u8] {
    fn value(self) -> PartValue<'a> {
        PartValue::Bytes(self)
    }
}

/// The sort key of a table that has none: nobody can make one.
#[derive(Clone, Copy, Debug)]
pub enum NoSortKey {}

impl<'a> Part<'a> for NoSortKey {
    fn value(self) -> PartValue<'a> {
        match self {}
    }
}

/// A whole key: a [`Part`], or a pair of them where the table has a sort key.
pub trait Key<'a>: Copy + Send + Sync {
    /// Partition key and sort key.
    #[doc(hidden)]
    fn values(self) -> (PartValue<'a>, Option<PartValue<'a>>);
}

impl<'a> Key<'a> for &'a str {
    fn values(self) -> (PartValue<'a>, Option<PartValue<'a>>) {
        (self.value(), None)
    }
}

impl<'a> Key<'a> for i64 {
    fn values(self) -> (PartValue<'a>, Option<PartValue<'a>>) {
        (self.value(), None)
    }
}

impl<'a> Key<'a> for &'a [u8] {
    fn values(self) -> (PartValue<'a>, Option<PartValue<'a>>) {
        (self.value(), None)
    }
}

impl<'a, P: Part<'a>, S: Part<'a>> Key<'a> for (P, S) {
    fn values(self) -> (PartValue<'a>, Option<PartValue<'a>>) {
        (self.0.value(), Some(self.1.value()))
    }
}
