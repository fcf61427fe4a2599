//! `table`: a `DynamoDB` table, its trait, and its typed client in the rooms beside: one item, many,
//! queries, updates.

#[cfg(feature = "table")]
mod batch;
#[cfg(feature = "table")]
mod convert;
#[cfg(feature = "table")]
mod items;
#[cfg(feature = "table")]
mod page;
#[cfg(feature = "table")]
mod query;
#[cfg(all(test, feature = "table"))]
mod tests;
#[cfg(feature = "table")]
mod update;

#[cfg(feature = "table")]
pub use {
    items::Items,
    page::{Cursor, Page, Pages},
    query::{All, ByIndex, ByKey, OnIndex, Query},
    update::Update,
};

use crate::resource::key::{Key, Part};
use crate::resource::{Messages, Resource, kind, kinds};
#[cfg(feature = "table")]
use crate::{
    Error,
    aws::{self, Named},
    resource::{Read, ReadWrite, Write},
};

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
    type Holds: Messages<Type = Self::Item>;

    /// What its stream tells of a change: a marker of [`view`](crate::resource::view).
    type View;

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

#[cfg(feature = "table")]
async fn connect(name: String) -> Result<Named<aws_sdk_dynamodb::Client>, Error> {
    Ok(Named { client: aws::dynamodb()?, name: name.into() })
}

kinds::declare! {
    Table, "table", feature table = "table",
    Named<aws_sdk_dynamodb::Client> = connect,
    Reader = Items<R, Read>,
    Writer = Items<R, Write>,
    ReadWriter = Items<R, ReadWrite>,
}
