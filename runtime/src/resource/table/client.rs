//! [`TableClient`]: the typed client of a table. This file has the operations on one item, by its key.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::get_item::builders::GetItemFluentBuilder;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::convert::{self, Attributes};
use super::key::KeyPart as _;
use super::query::{ByTableKey, FullScan, Query, TableIndex, view_key};
use super::update::Update;
use super::{Table, TableView, WholeTable};
use crate::Error;
use crate::invocation::BoxFuture;
use crate::resource::access::{Access, CanRead, CanWrite};
use crate::resource::calls;
use crate::resource::define_client::define_client;
use crate::resource::sdk_error::map_sdk_error;

define_client! {
    /// The typed client of a table. [`Reader`](crate::Reader), [`Writer`](crate::Writer) and
    /// [`ReadWriter`](crate::ReadWriter) of a table dereference to it.
    ///
    /// | method | capability | what it does |
    /// | --- | --- | --- |
    /// | [`get`](Self::get) | reading | returns the item with a key |
    /// | [`get_consistent`](Self::get_consistent) | reading | returns the item with a key, strongly consistent |
    /// | [`get_all`](Self::get_all) | reading | returns the items with many keys |
    /// | [`query`](Self::query) | reading | returns the items of a partition |
    /// | [`index`](Self::index) | reading | queries or scans a secondary index |
    /// | [`items`](Self::items) | reading | returns the items of a view |
    /// | [`scan`](Self::scan) | reading | returns all items of a whole table |
    /// | [`put`](Self::put) | writing | writes an item |
    /// | [`put_all`](Self::put_all) | writing | writes many items in few requests |
    /// | [`create`](Self::create) | writing | writes an item if the table has no item with its key |
    /// | [`update`](Self::update) | writing | changes single attributes of an item |
    /// | [`delete`](Self::delete) | writing | deletes the item with a key |
    /// | [`delete_all`](Self::delete_all) | writing | deletes the items with many keys |
    /// | [`client`](Self::client) | any | returns the client of the AWS SDK |
    /// | [`name`](Self::name) | any | returns the name of the table |
    ///
    /// Items are serialized and deserialized with `serde`. Mirrors "Working with items and attributes" of the
    /// Amazon DynamoDB Developer Guide.
    ///
    /// The client of a view, `table(of = Orders, key = "tenant#1")`, adds the partition key. The keys of its items are their
    /// sort keys.
    ///
    /// See also [its page](crate::guide::table) in the guide.
    ///
    /// ```no_run
    /// use serde::{Deserialize, Serialize};
    /// use skylift::{Error, Reader, Writer, function, resource};
    ///
    /// #[resource(table(key = "customer", sort = number("at"), item = Order))]
    /// struct Orders;
    ///
    /// #[derive(Serialize, Deserialize)]
    /// struct Order { customer: String, at: i64, total: u32 }
    ///
    /// #[function]
    /// async fn last(customer: String, orders: Reader<Orders>) -> Result<Option<Order>, Error> {
    ///     let page = orders.query(&customer).descending().limit(1).page().await?;
    ///     Ok(page.items.into_iter().next())
    /// }
    ///
    /// #[function]
    /// async fn keep(order: Order, orders: Writer<Orders>) -> Result<(), Error> {
    ///     if !orders.create(&order).await? {
    ///         return Err(Error::new("TakenTwice", "this order is there already"));
    ///     }
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Every method fails with the error of AWS, by AWS's code (`ProvisionedThroughputExceededException`), and with
    /// `InvalidItem` if an item cannot be serialized or does not have the declared type, and with `OutsideView` if an item
    /// has another partition key than its view. A request that may succeed
    /// the next time is tried three times.
    TableClient<R, A>, aws_sdk_dynamodb, feature "table", "Returns the name of the table."
}

// The bounds are on the methods, and the methods return a future on the heap: a bound that does not hold is then one
// error of the compiler, with the text of its trait. For an `async fn`, the compiler reports it three times.
impl<R: Table, A: Access> TableClient<R, A> {
    /// Returns the item with this key; `None` if the table has no item with this key. A write of the last second may
    /// not be visible yet.
    pub fn get<'a>(&'a self, key: R::Key<'_>) -> BoxFuture<'a, Result<Option<R::Item>, Error>>
    where
        A: CanRead<calls::Get>,
        R::Item: DeserializeOwned,
    {
        Box::pin(self.send_get(self.build_get_request(key)))
    }

    /// Returns the item with this key; `None` if the table has no item with this key. Every successful write is
    /// visible. This method costs twice as much as [`get`](Self::get).
    pub fn get_consistent<'a>(
        &'a self,
        key: R::Key<'_>,
    ) -> BoxFuture<'a, Result<Option<R::Item>, Error>>
    where
        A: CanRead<calls::Get>,
        R::Item: DeserializeOwned,
    {
        Box::pin(self.send_get(self.build_get_request(key).consistent_read(true)))
    }

    fn build_get_request(&self, key: R::Key<'_>) -> GetItemFluentBuilder {
        let request = self.connection.client.get_item().table_name(&*self.connection.name);
        request.set_key(Some(convert::key_attributes::<R>(key)))
    }

    async fn send_get(&self, request: GetItemFluentBuilder) -> Result<Option<R::Item>, Error>
    where
        R::Item: DeserializeOwned,
    {
        let response = request.send().await.map_err(map_sdk_error::<R, _, _>("`GetItem`"))?;
        response.item.map(convert::deserialize_item::<R, _>).transpose()
    }

    /// Starts a query for the items of a partition of the table, in the order of their sort keys.
    #[must_use]
    pub fn query<'a>(&'a self, partition: R::Partition<'_>) -> Query<'a, R, ByTableKey, R::Item>
    where
        A: CanRead<calls::Query>,
        R: WholeTable,
    {
        Query::for_partition(&self.connection, partition.value())
    }

    /// Starts a query for the items of a view of a table, in the order of their sort keys.
    #[must_use]
    pub fn items(&self) -> Query<'_, R, ByTableKey, R::Item>
    where
        A: CanRead<calls::Query>,
        R: TableView,
    {
        Query::for_partition(&self.connection, view_key::<R>())
    }

    /// Selects a secondary index of the table, by its name, to query or scan it. If the table has no index of that
    /// name, the query fails.
    #[must_use]
    pub fn index(&self, name: &str) -> TableIndex<'_, R, A> {
        TableIndex::new(&self.connection, name)
    }

    /// Starts a scan for all items of the table, in no order. A scan reads the whole table and costs accordingly.
    #[must_use]
    pub fn scan(&self) -> Query<'_, R, FullScan, R::Item>
    where
        A: CanRead<calls::Scan>,
        R: WholeTable,
    {
        Query::for_scan(&self.connection)
    }

    /// Writes an item. If the table has an item with the same key, replaces that item.
    pub fn put<'a>(&'a self, item: &R::Item) -> BoxFuture<'a, Result<(), Error>>
    where
        A: CanWrite<calls::Put>,
        R::Item: Serialize,
    {
        let item = convert::serialize_item::<R>(item);
        Box::pin(async move {
            let request = self.connection.client.put_item().table_name(&*self.connection.name);
            let sent = request.set_item(Some(item?)).send().await;
            sent.map(drop).map_err(map_sdk_error::<R, _, _>("`PutItem`"))
        })
    }

    /// Writes an item if the table has no item with the same key, and returns `true`. If the table has an item with
    /// that key, leaves that item unchanged and returns `false`.
    pub fn create<'a>(&'a self, item: &R::Item) -> BoxFuture<'a, Result<bool, Error>>
    where
        A: CanWrite<calls::Put>,
        R::Item: Serialize,
    {
        let item = convert::serialize_item::<R>(item);
        Box::pin(async move { self.put_new(item?).await })
    }

    async fn put_new(&self, item: Attributes) -> Result<bool, Error> {
        let request = self.connection.client.put_item().table_name(&*self.connection.name);
        let request = request
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(#key)")
            .expression_attribute_names("#key", R::KEY.name);
        match request.send().await {
            Ok(_) => Ok(true),
            Err(SdkError::ServiceError(refused))
                if refused.err().is_conditional_check_failed_exception() =>
            {
                Ok(false)
            }
            Err(error) => Err(map_sdk_error::<R, _, _>("`PutItem`")(error)),
        }
    }

    /// Starts an update of attributes of the item with this key. The update creates the item if the table has no item
    /// with this key.
    pub fn update<'a>(&'a self, key: R::Key<'_>) -> Update<'a, R>
    where
        A: CanWrite<calls::Update>,
    {
        Update::new(&self.connection, convert::key_attributes::<R>(key))
    }

    /// Deletes the item with this key. It is no error if the table has no item with this key.
    pub fn delete<'a>(&'a self, key: R::Key<'_>) -> BoxFuture<'a, Result<(), Error>>
    where
        A: CanWrite<calls::Delete>,
    {
        let key = convert::key_attributes::<R>(key);
        Box::pin(async move {
            let request = self.connection.client.delete_item().table_name(&*self.connection.name);
            let sent = request.set_key(Some(key)).send().await;
            sent.map(drop).map_err(map_sdk_error::<R, _, _>("`DeleteItem`"))
        })
    }
}
