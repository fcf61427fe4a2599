//! `table`: a `DynamoDB` table, its typed client, and the assertion that a handler accepts the changes that
//! its stream delivers.

#[cfg(feature = "table")]
mod batch;
#[cfg(feature = "table")]
mod client;
#[cfg(feature = "table")]
mod convert;
#[cfg(all(test, feature = "table"))]
mod grants;
#[cfg(feature = "_items")]
pub(crate) mod item;
pub mod key;
#[cfg(feature = "table")]
mod page;
#[cfg(feature = "table")]
mod pages;
#[cfg(feature = "table")]
mod query;
pub mod schema;
pub mod stream_view;
#[cfg(all(test, feature = "table"))]
mod tests;
#[cfg(feature = "table")]
mod update;

use std::marker::PhantomData;

pub use schema::{KeyAttribute, KeyType, SecondaryIndex};
#[cfg(feature = "table")]
pub use {
    client::TableClient,
    page::{Cursor, Page},
    pages::Pages,
    query::{ByIndexKey, ByTableKey, FullScan, Query, TableIndex},
    update::Update,
};

#[cfg(feature = "table")]
use super::access::{ReadAccess, ReadWriteAccess, WriteAccess};
#[cfg(feature = "table")]
use crate::Error;
#[cfg(feature = "table")]
use crate::aws::connection::SdkConnection;
#[cfg(feature = "table")]
use crate::aws::dynamodb::dynamodb_client;
use crate::resource::define_kind::define_kind;
use crate::resource::kinds::{Resource, kind};
use crate::resource::markers::Messages;
use crate::resource::trigger_event::Accepts;
use key::{Key, KeyPart};
use stream_view::StreamOf;

/// A table that the application declares with `#[resource(table(key = "id"))]`. Mirrors `AWS::DynamoDB::Table`.
///
/// The capabilities of a table are [`Reader`](crate::Reader), [`Writer`](crate::Writer) and
/// [`ReadWriter`](crate::ReadWriter). `#[resource]` implements this trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a table",
    label = "a table is expected here",
    note = "help: put `#[resource(table(key = \"id\"))]` on `{Self}`"
)]
pub trait Table: Resource<Kind = kind::Table> {
    /// The type of the items of the table.
    type Item: Send + Sync;

    /// The marker of the type of the items of the table, which says whether `#[resource]` names that type.
    type ItemMarker: Messages<Type = Self::Item>;

    /// Which images of a changed item the stream of the table has: a marker of
    /// [`stream_view`](crate::resource::stream_view).
    type StreamView;

    /// The type of the key of an item of the table: the partition key, with the sort key if the table has one.
    type Key<'a>: Key<'a>;

    /// The type of the partition key of the table.
    type Partition<'a>: KeyPart<'a>;

    /// The type of the sort key of the table; [`NoSortKey`](key::NoSortKey) if the table has none.
    type Sort<'a>: KeyPart<'a>;

    /// The attribute that is the partition key of the table.
    const KEY: KeyAttribute;

    /// The attribute that is the sort key of the table; `None` if the table has none.
    const SORT: Option<KeyAttribute>;

    /// The attribute with the time at which an item expires, in seconds of the Unix epoch; `None` if items do not
    /// expire.
    const TTL: Option<&'static str> = None;

    /// The secondary indexes of the table.
    const INDEXES: &'static [SecondaryIndex];

    /// The partition key of the items of a view, which its client adds to keys and items; `None` for a whole table.
    const VIEW_KEY: Option<&'static str> = None;
}

/// A table that is no view: it can be scanned, and queried by any partition key. `#[resource]` implements this trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is a view of the items with one partition key",
    label = "IAM cannot limit this call to the partition key of the view",
    note = "help: `items()` queries all items of the view; a whole table can be scanned, and queried by any partition key"
)]
pub trait WholeTable: Table {}

/// A view of a table: the items with one partition key. `#[resource]` implements this trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no view of a table",
    label = "a view by a partition key is expected here",
    note = "help: name the partition key with `query`, or declare a view: `#[resource(table(of = {Self}, key = \"…\"))]`"
)]
pub trait TableView: Table {}

/// An event type that accepts the changes of the type `M` to the items of a table.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not take the changes to this table",
    label = "the table holds other items",
    note = "`item = …` in the table's `#[resource(table(…))]` says what it holds: the handler takes a \
            `Change` of that type, or a whole `DynamoDbEvent` or raw `DynamoDbEventRecord`",
    note = "`stream = …` says which images there are: of new ones alone the handler takes a \
            `Change<T, Keys<K>>`, of old ones a `Change<Keys<K>, T>`, of keys a `Change<Keys<K>>`",
    note = "an enum with `#[derive(Event)]` accepts what its event of `dynamodb` accepts"
)]
pub trait AcceptsChanges<M> {}

#[diagnostic::do_not_recommend]
impl<M, E: Accepts<kind::Table, M>> AcceptsChanges<M> for E {}

/// Asserts at compile time that the event type `E` of a handler accepts the changes to the items of the table `T`.
pub const fn accepts_from_table<E, T>(_: PhantomData<T>, _: PhantomData<E>)
where
    E: AcceptsChanges<StreamOf<T::ItemMarker, T::StreamView>>,
    T: Table,
{
}

// Not `sdk aws_sdk_dynamodb`: idempotency shares this client.
#[cfg(feature = "table")]
async fn connect(name: String) -> Result<SdkConnection<aws_sdk_dynamodb::Client>, Error> {
    Ok(SdkConnection { client: dynamodb_client(&name)?, name: name.into() })
}

define_kind! {
    Table, "table", feature table = "table",
    connection SdkConnection<aws_sdk_dynamodb::Client> = connect,
    Reader = TableClient<R, ReadAccess<C>>,
    Writer = TableClient<R, WriteAccess<C>>,
    ReadWriter = TableClient<R, ReadWriteAccess<C>>,
}
