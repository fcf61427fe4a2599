//! Many items of a table in as few calls as `DynamoDB` allows. What a call leaves unprocessed is tried
//! again, after a pause.

use std::collections::{HashMap, HashSet};

use aws_sdk_dynamodb::types::{DeleteRequest, KeysAndAttributes, PutRequest, WriteRequest};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::client::TableClient;
use super::convert;
use super::convert::Attributes;
use super::declared::Table;
use super::key::Key;
use crate::Error;
use crate::aws::backoff::Backoff;
use crate::resource::access::{CanRead, CanWrite};
use crate::resource::sdk_error::map_sdk_error;

/// `BatchGetItem` of the `DynamoDB` API Reference.
const BATCH_GET: usize = 100;

/// `BatchWriteItem` of the `DynamoDB` API Reference.
const BATCH_WRITE: usize = 25;

#[expect(clippy::missing_errors_doc, reason = "the type says what every method fails with")]
impl<R: Table, A: CanRead> TableClient<R, A> {
    /// The items of those keys that there are, in no order. As many calls as it takes, 100 keys each.
    pub async fn get_all<'k>(
        &self,
        keys: impl IntoIterator<Item = R::Key<'k>>,
    ) -> Result<Vec<R::Item>, Error>
    where
        R::Item: DeserializeOwned,
    {
        // DynamoDB refuses a call that names a key twice.
        let mut known = HashSet::new();
        let keys = keys.into_iter().filter(|key| known.insert(key.values()));
        let keys: Vec<_> = keys.map(convert::key::<R>).collect();
        let mut items = Vec::new();
        for chunk in keys.chunks(BATCH_GET) {
            self.get_chunk(chunk.to_vec(), &mut items).await?;
        }
        items.into_iter().map(convert::read::<R, _>).collect()
    }

    async fn get_chunk(
        &self,
        mut keys: Vec<Attributes>,
        items: &mut Vec<Attributes>,
    ) -> Result<(), Error> {
        let name = &*self.connection.name;
        let mut backoff = Backoff::default();
        loop {
            let left = keys.len();
            let wanted = KeysAndAttributes::builder().set_keys(Some(keys)).build()?;
            let request = self.connection.client.batch_get_item().request_items(name, wanted);
            let response =
                request.send().await.map_err(map_sdk_error::<R, _, _>("`BatchGetItem`"))?;
            items.extend(response.responses.into_iter().flat_map(HashMap::into_values).flatten());
            let unprocessed = response.unprocessed_keys.into_iter().flat_map(HashMap::into_values);
            keys = unprocessed.flat_map(|it| it.keys).collect();
            again::<R>(&mut backoff, left, keys.len(), "read").await?;
            if keys.is_empty() {
                return Ok(());
            }
        }
    }
}

#[expect(clippy::missing_errors_doc, reason = "the type says what every method fails with")]
impl<R: Table, A: CanWrite> TableClient<R, A> {
    /// Puts items, in place of those of the same keys; of two with one key the later stays. As many
    /// calls as it takes, 25 items each: where one fails, those before it have succeeded.
    pub async fn put_all<'i>(
        &self,
        items: impl IntoIterator<Item = &'i R::Item>,
    ) -> Result<(), Error>
    where
        R::Item: Serialize + 'i,
    {
        let mut puts: Vec<Attributes> = Vec::new();
        let mut places = HashMap::new();
        for item in items {
            let item = convert::item::<R>(item)?;
            // DynamoDB refuses a call that writes one key twice.
            match places.insert(identity::<R>(&item), puts.len()) {
                Some(place) => {
                    places.insert(identity::<R>(&item), place);
                    puts[place] = item;
                }
                None => puts.push(item),
            }
        }
        let mut writes = Vec::with_capacity(puts.len());
        for item in puts {
            let put = PutRequest::builder().set_item(Some(item)).build()?;
            writes.push(WriteRequest::builder().put_request(put).build());
        }
        self.write_all(writes).await
    }

    /// Deletes the items of those keys. As many calls as it takes, 25 keys each.
    pub async fn delete_all<'k>(
        &self,
        keys: impl IntoIterator<Item = R::Key<'k>>,
    ) -> Result<(), Error> {
        let mut known = HashSet::new();
        let mut writes = Vec::new();
        for key in keys.into_iter().filter(|key| known.insert(key.values())) {
            let key = convert::key::<R>(key);
            let delete = DeleteRequest::builder().set_key(Some(key)).build()?;
            writes.push(WriteRequest::builder().delete_request(delete).build());
        }
        self.write_all(writes).await
    }

    async fn write_all(&self, writes: Vec<WriteRequest>) -> Result<(), Error> {
        for chunk in writes.chunks(BATCH_WRITE) {
            self.write_chunk(chunk.to_vec()).await?;
        }
        Ok(())
    }

    async fn write_chunk(&self, mut writes: Vec<WriteRequest>) -> Result<(), Error> {
        let name = &*self.connection.name;
        let mut backoff = Backoff::default();
        loop {
            let left = writes.len();
            let request = self.connection.client.batch_write_item().request_items(name, writes);
            let response =
                request.send().await.map_err(map_sdk_error::<R, _, _>("`BatchWriteItem`"))?;
            let unprocessed = response.unprocessed_items.into_iter();
            writes = unprocessed.flat_map(HashMap::into_values).flatten().collect();
            again::<R>(&mut backoff, left, writes.len(), "written").await?;
            if writes.is_empty() {
                return Ok(());
            }
        }
    }
}

/// Waits before a chunk of which something is left is tried again, and gives up in the end.
async fn again<R: Table>(
    backoff: &mut Backoff,
    before: usize,
    left: usize,
    done: &str,
) -> Result<(), Error> {
    if left < before {
        backoff.got_on();
    }
    if left == 0 || backoff.again().await {
        return Ok(());
    }
    let message = format!("{left} items of the table `{}` were not {done}: it is too busy", R::ID);
    Err(Error::new("Unprocessed", message))
}

/// What tells an item from others: the values of its key.
fn identity<R: Table>(item: &Attributes) -> String {
    let sort = R::SORT.and_then(|sort| item.get(sort.name));
    format!("{:?} {sort:?}", item.get(R::KEY.name))
}
