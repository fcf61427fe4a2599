//! [`TableClient`]: the typed client of a table. Here is what is done with one item by its key.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::get_item::builders::GetItemFluentBuilder;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::convert;
use super::declared::Table;
use super::query::{All, ByKey, OnIndex, Query};
use super::update::Update;
use crate::Error;
use crate::resource::access::{CanRead, CanWrite};
use crate::resource::define_client::define_client;
use crate::resource::sdk_error::map_sdk_error;

define_client! {
    /// The typed client of a table: what [`Reader`](crate::Reader), [`Writer`](crate::Writer) and
    /// [`ReadWriter`](crate::ReadWriter) of a table lead to.
    ///
    /// TableClient are written and read by `serde`. Mirrors "Working with items and attributes" of the
    /// Amazon DynamoDB Developer Guide.
    ///
    /// ```no_run
    /// use serde::{Deserialize, Serialize};
    /// use skylift::{Error, Reader, Writer};
    /// # use skylift::resource::{Attribute, Index, KeyType, Resource, Table, kind};
    /// # struct Orders;
    /// # impl Resource for Orders {
    /// #     const ID: &'static str = "Orders";
    /// #     const VARIABLE: &'static str = "ORDERS_TABLE_NAME";
    /// #     type Kind = kind::Table;
    /// # }
    /// # impl Table for Orders {
    /// #     type Item = Order;
    /// #     type ItemMarker = skylift::resource::Typed<Order>;
    /// #     type StreamView = skylift::resource::stream_view::NewAndOldImages;
    /// #     type Key<'a> = (&'a str, i64);
    /// #     type Partition<'a> = &'a str;
    /// #     type Sort<'a> = i64;
    /// #     const KEY: Attribute = Attribute { name: "customer", kind: KeyType::String };
    /// #     const SORT: Option<Attribute> = Some(Attribute { name: "at", kind: KeyType::Number });
    /// #     const INDEXES: &'static [Index] = &[];
    /// # }
    ///
    /// #[derive(Serialize, Deserialize)]
    /// struct Order { customer: String, at: i64, total: u32 }
    ///
    /// async fn last(customer: &str, orders: Reader<Orders>) -> Result<Option<Order>, Error> {
    ///     let page = orders.query(customer).descending().limit(1).page().await?;
    ///     Ok(page.items.into_iter().next())
    /// }
    ///
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
    /// Every method fails with what AWS refused, by AWS's own code
    /// (`ProvisionedThroughputExceededException`), and with `InvalidItem` where an item cannot be
    /// written or is not what the table says. Calls that may succeed the next time are tried three
    /// times.
    TableClient<R, A>, aws_sdk_dynamodb, "The table's name."
}

#[expect(clippy::missing_errors_doc, reason = "the type says what every method fails with")]
impl<R: Table, A: CanRead> TableClient<R, A> {
    /// The item of that key, if there is one. A write of the last second may not show yet.
    pub async fn get(&self, key: R::Key<'_>) -> Result<Option<R::Item>, Error>
    where
        R::Item: DeserializeOwned,
    {
        self.got(self.get_item(key)).await
    }

    /// The item of that key, if there is one, with every write that has succeeded. Costs twice as
    /// much as [`get`](Self::get).
    pub async fn get_consistent(&self, key: R::Key<'_>) -> Result<Option<R::Item>, Error>
    where
        R::Item: DeserializeOwned,
    {
        self.got(self.get_item(key).consistent_read(true)).await
    }

    fn get_item(&self, key: R::Key<'_>) -> GetItemFluentBuilder {
        let request = self.connection.client.get_item().table_name(&*self.connection.name);
        request.set_key(Some(convert::key::<R>(key)))
    }

    async fn got(&self, request: GetItemFluentBuilder) -> Result<Option<R::Item>, Error>
    where
        R::Item: DeserializeOwned,
    {
        let response = request.send().await.map_err(map_sdk_error::<R, _, _>("`GetItem`"))?;
        response.item.map(convert::read::<R, _>).transpose()
    }

    /// The items of a partition, in the order of their sort keys.
    #[must_use]
    pub fn query(&self, partition: R::Partition<'_>) -> Query<'_, R, ByKey, R::Item> {
        Query::of_partition(&self.connection, partition)
    }

    /// A secondary index of the table, by its name, to be queried or scanned. One that the table
    /// does not have is an error of the query.
    #[must_use]
    pub fn on(&self, index: &str) -> OnIndex<'_, R> {
        OnIndex::new(&self.connection, index)
    }

    /// All items, in no order. Reads the whole table, and costs what that costs.
    #[must_use]
    pub fn scan(&self) -> Query<'_, R, All, R::Item> {
        Query::of_all(&self.connection)
    }
}

#[expect(clippy::missing_errors_doc, reason = "the type says what every method fails with")]
impl<R: Table, A: CanWrite> TableClient<R, A> {
    /// Puts an item, in place of one of the same key.
    pub async fn put(&self, item: &R::Item) -> Result<(), Error>
    where
        R::Item: Serialize,
    {
        let item = convert::item::<R>(item)?;
        let request = self.connection.client.put_item().table_name(&*self.connection.name);
        let sent = request.set_item(Some(item)).send().await;
        sent.map(drop).map_err(map_sdk_error::<R, _, _>("`PutItem`"))
    }

    /// Puts an item where there is none of its key yet. `false` where there is: it stays as it is.
    pub async fn create(&self, item: &R::Item) -> Result<bool, Error>
    where
        R::Item: Serialize,
    {
        let item = convert::item::<R>(item)?;
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

    /// Changes attributes of the item of that key, and makes the item where there is none.
    pub fn update(&self, key: R::Key<'_>) -> Update<'_, R> {
        Update::new(&self.connection, convert::key::<R>(key))
    }

    /// Deletes the item of that key. That there is none is no error.
    pub async fn delete(&self, key: R::Key<'_>) -> Result<(), Error> {
        let request = self.connection.client.delete_item().table_name(&*self.connection.name);
        let sent = request.set_key(Some(convert::key::<R>(key))).send().await;
        sent.map(drop).map_err(map_sdk_error::<R, _, _>("`DeleteItem`"))
    }
}
