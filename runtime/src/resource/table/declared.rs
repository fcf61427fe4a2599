//! What `#[resource]` declares of a table: its trait.

use super::key::{Key, Part};
use super::stream_view::StreamOf;
use crate::resource::kinds::{Resource, kind};
use crate::resource::markers::Messages;
use crate::resource::trigger_event::Accepts;

/// A table: `#[resource(table(key = "id"))]`. Mirrors `AWS::DynamoDB::Table`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table",
    label = "a table is expected here",
    note = "help: put `#[resource(table(key = \"id\"))]` on `{Self}`"
)]
pub trait Table: Resource<Kind = kind::Table> {
    /// The type of its items.
    type Item: Send + Sync;

    /// The same as a marker, which tells whether the attribute names it.
    type ItemMarker: Messages<Type = Self::Item>;

    /// What its stream tells of a change: a marker of [`stream_view`](crate::resource::stream_view).
    type StreamView;

    /// The key of an item: the partition key, with the sort key where there is one.
    type Key<'a>: Key<'a>;

    /// The partition key.
    type Partition<'a>: Part<'a>;

    /// The sort key; `key::NoSortKey` where there is none.
    type Sort<'a>: Part<'a>;

    /// The attribute that is the partition key.
    const KEY: Attribute;

    /// The attribute that is the sort key, where there is one.
    const SORT: Option<Attribute>;

    /// The attribute with the second at which an item expires, where there is one.
    const TTL: Option<&'static str> = None;

    /// The secondary indexes.
    const INDEXES: &'static [Index];
}

/// An attribute that is a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub kind: KeyType,
}

/// The types that a key can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyType {
    /// `S`, a `&str` in Rust.
    String,
    /// `N`, an `i64` in Rust.
    Number,
    /// `B`, a `&[u8]` in Rust.
    Binary,
}

/// A secondary index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Index {
    /// Its name.
    pub name: &'static str,
    /// Its partition key; a local index has the table's.
    pub key: Attribute,
    /// Its sort key.
    pub sort: Option<Attribute>,
}

/// An event that takes the changes to the items of a table.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not take the changes to this table",
    label = "the table holds other items",
    note = "`item = …` in the table's `#[resource(table(…))]` says what it holds: the handler takes a \
            `Change` of that type, or a whole `DynamoDbEvent` or raw `DynamoDbEventRecord`",
    note = "`stream = …` says which images there are: of new ones alone the handler takes a \
            `Change<T, Keys<K>>`, of old ones a `Change<Keys<K>, T>`, of keys a `Change<Keys<K>>`",
    note = "an enum with `#[derive(Event)]` takes what the event of `dynamodb` in it does"
)]
pub trait AcceptsChanges<M> {}

#[diagnostic::do_not_recommend]
impl<M, E: Accepts<kind::Table, M>> AcceptsChanges<M> for E {}

/// Compiles where the event `E` takes the changes to the items of the table `T`.
pub const fn accepts_from_table<E, T>()
where
    E: AcceptsChanges<StreamOf<T::ItemMarker, T::StreamView>>,
    T: Table,
{
}
