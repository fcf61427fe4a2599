//! `table`: a `DynamoDB` table, its trait, and its typed client in the rooms beside: one item, many,
//! queries, updates.

#[cfg(feature = "table")]
mod batch;
#[cfg(feature = "table")]
mod client;
#[cfg(feature = "table")]
mod convert;
pub(crate) mod declared;
#[cfg(all(test, feature = "table"))]
mod grants;
pub mod key;
#[cfg(feature = "table")]
mod page;
#[cfg(feature = "table")]
mod pages;
#[cfg(feature = "table")]
mod query;
pub mod stream_view;
#[cfg(all(test, feature = "table"))]
mod tests;
#[cfg(feature = "table")]
mod update;

pub use declared::{AcceptsChanges, Attribute, Index, KeyType, Table};
#[cfg(feature = "table")]
pub use {
    client::TableClient,
    page::{Cursor, Page},
    pages::Pages,
    query::{All, ByIndex, ByKey, OnIndex, Query},
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
use crate::resource::declare::declare;

#[cfg(feature = "table")]
async fn connect(name: String) -> Result<SdkConnection<aws_sdk_dynamodb::Client>, Error> {
    Ok(SdkConnection { client: dynamodb_client()?, name: name.into() })
}

declare! {
    Table, "table", feature table = "table",
    SdkConnection<aws_sdk_dynamodb::Client> = connect,
    Reader = TableClient<R, ReadAccess>,
    Writer = TableClient<R, WriteAccess>,
    ReadWriter = TableClient<R, ReadWriteAccess>,
}
