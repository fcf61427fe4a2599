//! The methods of [`TableClient`] that work on many items, in as few requests as `DynamoDB` allows. Items that
//! `DynamoDB` leaves unprocessed are retried after a pause. What was not confirmed counts as not done.

use std::collections::{HashMap, HashSet};

use aws_sdk_dynamodb::types::{DeleteRequest, KeysAndAttributes, PutRequest, WriteRequest};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Table;
use super::client::TableClient;
use super::convert;
use super::convert::Attributes;
use super::key::Key;
use crate::aws::backoff::Backoff;
use crate::invocation::BoxFuture;
use crate::resource::access::{Access, CanRead, CanWrite};
use crate::resource::calls;
use crate::resource::sdk_error::map_sdk_error;
use crate::{Error, messages};

/// The most keys of a request to read items: `BatchGetItem` of the `DynamoDB` API Reference.
const MAX_GET_KEYS: usize = 100;

/// The most items of a request to write or delete items: `BatchWriteItem` of the `DynamoDB` API Reference.
const MAX_WRITE_ITEMS: usize = 25;

impl<R: Table, A: Access> TableClient<R, A> {
    /// Returns the items with these keys, in no order. Keys without an item are left out. Sends one request for each
    /// 100 keys.
    pub fn get_all<'k>(
        &self,
        keys: impl IntoIterator<Item = R::Key<'k>>,
    ) -> BoxFuture<'_, Result<Vec<R::Item>, Error>>
    where
        A: CanRead<calls::BatchGet>,
        R::Item: DeserializeOwned,
    {
        // DynamoDB refuses a request that has a key twice.
        let mut known = HashSet::new();
        let keys = keys.into_iter().filter(|key| known.insert(key.values()));
        let keys: Vec<_> = keys.map(convert::key_attributes::<R>).collect();
        Box::pin(async move {
            let mut items = Vec::new();
            let mut progress = Progress::new::<R>(keys.len(), "read");
            for chunk in keys.chunks(MAX_GET_KEYS) {
                self.get_chunk(chunk.to_vec(), &mut items, &mut progress).await?;
            }
            items.into_iter().map(convert::deserialize_item::<R, _>).collect()
        })
    }

    async fn get_chunk(
        &self,
        mut keys: Vec<Attributes>,
        items: &mut Vec<Attributes>,
        progress: &mut Progress,
    ) -> Result<(), Error> {
        let name = &*self.connection.name;
        let mut backoff = Backoff::default();
        loop {
            let requested = keys.len();
            let wanted = KeysAndAttributes::builder().set_keys(Some(keys)).build()?;
            let request = self.connection.client.batch_get_item().request_items(name, wanted);
            let response = request.send().await.map_err(map_sdk_error::<R, _, _>("`BatchGetItem`"));
            let response = response.map_err(|error| progress.add_to(error))?;
            items.extend(response.responses.into_iter().flat_map(HashMap::into_values).flatten());
            let unprocessed = response.unprocessed_keys.into_iter().flat_map(HashMap::into_values);
            keys = unprocessed.flat_map(|it| it.keys).collect();
            progress.count(requested, keys.len());
            progress.wait_or_fail(&mut backoff, requested, keys.len()).await?;
            if keys.is_empty() {
                return Ok(());
            }
        }
    }

    /// Writes items. Each item replaces the item in the table with the same key. If two of the written items have the
    /// same key, the later item counts.
    ///
    /// Sends one request for each 25 items. If a request fails, the requests before it have succeeded, and no further
    /// request is sent. The error says how many items were not written.
    pub fn put_all<'i>(
        &self,
        items: impl IntoIterator<Item = &'i R::Item>,
    ) -> BoxFuture<'_, Result<(), Error>>
    where
        A: CanWrite<calls::BatchWrite>,
        R::Item: Serialize + 'i,
    {
        let writes = build_puts::<R>(items);
        Box::pin(async move { self.write_all(writes?).await })
    }

    /// Deletes the items with these keys. It is no error if there is no item with a key. Sends one request for each
    /// 25 keys.
    pub fn delete_all<'k>(
        &self,
        keys: impl IntoIterator<Item = R::Key<'k>>,
    ) -> BoxFuture<'_, Result<(), Error>>
    where
        A: CanWrite<calls::BatchWrite>,
    {
        let mut known = HashSet::new();
        let keys = keys.into_iter().filter(|key| known.insert(key.values()));
        let build = |key| {
            let key = convert::key_attributes::<R>(key);
            let delete = DeleteRequest::builder().set_key(Some(key)).build()?;
            Ok(WriteRequest::builder().delete_request(delete).build())
        };
        let writes = keys.map(build).collect::<Result<_, Error>>();
        Box::pin(async move { self.write_all(writes?).await })
    }

    async fn write_all(&self, writes: Vec<WriteRequest>) -> Result<(), Error> {
        let mut progress = Progress::new::<R>(writes.len(), "written");
        for chunk in writes.chunks(MAX_WRITE_ITEMS) {
            self.write_chunk(chunk.to_vec(), &mut progress).await?;
        }
        Ok(())
    }

    async fn write_chunk(
        &self,
        mut writes: Vec<WriteRequest>,
        progress: &mut Progress,
    ) -> Result<(), Error> {
        let name = &*self.connection.name;
        let mut backoff = Backoff::default();
        loop {
            let requested = writes.len();
            let request = self.connection.client.batch_write_item();
            let sent = request.request_items(name, writes.clone()).send().await;
            let response = sent.map_err(map_sdk_error::<R, _, _>("`BatchWriteItem`"));
            let response = response.map_err(|error| progress.add_to(error))?;
            // The list is in every answer of DynamoDB. An answer without it confirms nothing.
            if let Some(unprocessed) = response.unprocessed_items {
                writes = unprocessed.into_values().flatten().collect();
            }
            progress.count(requested, writes.len());
            progress.wait_or_fail(&mut backoff, requested, writes.len()).await?;
            if writes.is_empty() {
                return Ok(());
            }
        }
    }
}

/// Builds the requests that write these items. Of two items with the same key, the later one is written.
fn build_puts<'i, R: Table>(
    items: impl IntoIterator<Item = &'i R::Item>,
) -> Result<Vec<WriteRequest>, Error>
where
    R::Item: Serialize + 'i,
{
    let mut puts: Vec<Attributes> = Vec::new();
    let mut positions = HashMap::new();
    for item in items {
        let item = convert::serialize_item::<R>(item)?;
        // DynamoDB refuses a request that writes a key twice.
        match positions.insert(format_key::<R>(&item), puts.len()) {
            Some(position) => {
                positions.insert(format_key::<R>(&item), position);
                puts[position] = item;
            }
            None => puts.push(item),
        }
    }
    let mut writes = Vec::with_capacity(puts.len());
    for item in puts {
        let put = PutRequest::builder().set_item(Some(item)).build()?;
        writes.push(WriteRequest::builder().put_request(put).build());
    }
    Ok(writes)
}

/// Counts the items of a call that were read or written, for the error of a call that does not succeed for all of them.
struct Progress {
    /// The logical id of the table.
    table: &'static str,
    /// How many items the caller passed.
    total: usize,
    /// How many items were not read or written yet.
    left: usize,
    /// What is done with the items, in the error: `read` or `written`.
    done: &'static str,
}

impl Progress {
    fn new<R: Table>(total: usize, done: &'static str) -> Self {
        Self { table: R::ID, total, left: total, done }
    }

    /// Counts the items of one request. `unprocessed` is the number of items that the table did not take.
    fn count(&mut self, requested: usize, unprocessed: usize) {
        self.left = self.left.saturating_sub(requested.saturating_sub(unprocessed));
    }

    /// Adds to the error of a request how many items were not read or written.
    fn add_to(&self, error: Error) -> Error {
        let Self { table, total, left, done } = self;
        error.with_context(messages::client::items_not_done(*left, *total, table, done))
    }

    /// Waits before the unprocessed items of a request are retried. Returns at once if none are left, and fails after
    /// too many attempts without progress. `requested` and `unprocessed` are the numbers of items before and after the
    /// request.
    async fn wait_or_fail(
        &self,
        backoff: &mut Backoff,
        requested: usize,
        unprocessed: usize,
    ) -> Result<(), Error> {
        if unprocessed < requested {
            backoff.reset();
        }
        if unprocessed == 0 || backoff.wait_before_retry().await {
            return Ok(());
        }
        Err(messages::client::items_unprocessed(self.left, self.total, self.table, self.done))
    }
}

/// Returns a text for the key of an item, which differs between different keys. It is used to find two items with the
/// same key.
fn format_key<R: Table>(item: &Attributes) -> String {
    let sort = R::SORT.and_then(|sort| item.get(sort.name));
    format!("{:?} {sort:?}", item.get(R::KEY.name))
}
