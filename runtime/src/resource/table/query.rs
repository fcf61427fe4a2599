//! [`Query`]: a query or a scan of a table or of one of its indexes. Its methods build the query, and
//! [`Query::page`], [`Query::all`] or [`Query::pages`] sends it. A query that does not match the table's declaration
//! fails before anything is sent.

use std::collections::HashMap;
use std::marker::PhantomData;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use serde::de::DeserializeOwned;

use super::convert;
use super::convert::Attributes;
use super::key::{KeyPart, KeyValue};
use super::page::{Cursor, Page};
use super::schema::{KeyAttribute, KeyType, SecondaryIndex};
use super::{Table, TableView, WholeTable};
use crate::aws::connection::SdkConnection;
use crate::resource::access::{Access, CanRead};
use crate::resource::calls;
use crate::resource::sdk_error::map_sdk_error;
use crate::{Error, messages};

/// A request for items of a table or of a secondary index: a query of one partition, or a scan of everything.
///
/// | method | what it does |
/// | --- | --- |
/// | `eq`, `lt`, `le`, `gt`, `ge`, `between`, `begins_with` | restricts the sort key, only in a query |
/// | `descending` | returns the items from the greatest sort key to the least, only in a query |
/// | [`limit`](Self::limit) | limits the number of items |
/// | [`after`](Self::after) | continues after an earlier page |
/// | [`consistent`](Self::consistent) | uses strongly consistent reads |
/// | [`as_items`](Self::as_items) | deserializes the items as another type |
/// | [`page`](Self::page) | returns one page |
/// | [`pages`](Self::pages) | returns the pages, one after another |
/// | [`all`](Self::all) | returns the items of all pages |
///
/// `T` is the type of the returned items: the type of the table's items, or that of [`as_items`](Self::as_items).
/// Mirrors "Querying tables in DynamoDB" of the Amazon DynamoDB Developer Guide.
#[cfg_attr(docsrs, doc(cfg(feature = "table")))]
pub struct Query<'a, R, S, T> {
    connection: &'a SdkConnection<Client>,
    index: Option<&'static SecondaryIndex>,
    partition: Option<(KeyAttribute, AttributeValue)>,
    sort: Option<(KeyAttribute, Condition)>,
    limit: Option<usize>,
    descending: bool,
    consistent: bool,
    after: Option<Cursor>,
    /// The first error that was found while the query was built. It is returned when the query is sent.
    problem: Option<Error>,
    marker: PhantomData<QueryMarker<R, S, T>>,
}

/// The type of the marker of a query: a function type, so that a query is `Send` and `Sync` whatever its type
/// parameters are.
type QueryMarker<R, S, T> = fn() -> (R, S, T);

/// The marker of a query by the keys of the table.
pub enum ByTableKey {}

/// The marker of a query by the keys of an index of the table.
pub enum ByIndexKey {}

/// The marker of a scan, which reads all items of the table or index.
pub enum FullScan {}

/// Returns the partition key of the view `R`.
pub(super) fn view_key<R: TableView>() -> KeyValue<'static> {
    KeyValue::Text(R::VIEW_KEY.unwrap_or_default())
}

/// A condition of a query on the sort key.
enum Condition {
    Compare(&'static str, AttributeValue),
    Between(AttributeValue, AttributeValue),
    BeginsWith(AttributeValue),
}

/// A secondary index of a table, which can be queried or scanned. Returned by
/// [`TableClient::index`](super::TableClient::index).
#[cfg_attr(docsrs, doc(cfg(feature = "table")))]
pub struct TableIndex<'a, R, A> {
    connection: &'a SdkConnection<Client>,
    index: Result<&'static SecondaryIndex, Error>,
    marker: PhantomData<fn() -> (R, A)>,
}

impl<'a, R: Table, A: Access> TableIndex<'a, R, A> {
    pub(super) fn new(connection: &'a SdkConnection<Client>, name: &str) -> Self {
        let index = R::INDEXES.iter().find(|index| index.name == name);
        let index = index.ok_or_else(|| make_unknown_index_error::<R>(name));
        let is_in_view =
            |index: &SecondaryIndex| R::VIEW_KEY.is_none() || index.key.name == R::KEY.name;
        Self {
            connection,
            index: index.and_then(|index| {
                let problem = || messages::client::index_outside_view(name, R::ID, R::KEY.name);
                if is_in_view(index) { Ok(index) } else { Err(problem()) }
            }),
            marker: PhantomData,
        }
    }

    /// Starts a query for the items of a partition of the index, in the order of their sort keys. The partition key
    /// is a `&str`, an `i64` or a `&[u8]`, depending on the index.
    #[must_use]
    pub fn query<'k>(self, partition: impl KeyPart<'k>) -> Query<'a, R, ByIndexKey, R::Item>
    where
        A: CanRead<calls::Query>,
        R: WholeTable,
    {
        self.for_partition(partition.value())
    }

    /// Starts a query for the items of a view of a table, in the order of the sort keys of the index. The index has the
    /// partition key of the table: in another index, IAM cannot limit a query to the partition key of the view.
    #[must_use]
    pub fn items(self) -> Query<'a, R, ByIndexKey, R::Item>
    where
        A: CanRead<calls::Query>,
        R: TableView,
    {
        self.for_partition(view_key::<R>())
    }

    fn for_partition(self, partition: KeyValue<'_>) -> Query<'a, R, ByIndexKey, R::Item> {
        let mut query = self.for_index().with_types();
        if let Some(index) = query.index {
            query.check_key_type(index.key, partition);
            query.partition = Some((index.key, convert::key_value(partition)));
        }
        query
    }

    /// Starts a scan for all items of the index, in no order.
    #[must_use]
    pub fn scan(self) -> Query<'a, R, FullScan, R::Item>
    where
        A: CanRead<calls::Scan>,
        R: WholeTable,
    {
        self.for_index()
    }

    /// Returns a scan of the index, which can be made a query.
    fn for_index(self) -> Query<'a, R, FullScan, R::Item> {
        let mut query = Query::for_scan(self.connection);
        match self.index {
            Ok(index) => query.index = Some(index),
            Err(problem) => query.problem = Some(problem),
        }
        query
    }
}

impl<'a, R: Table> Query<'a, R, ByTableKey, R::Item> {
    pub(super) fn for_partition(
        connection: &'a SdkConnection<Client>,
        partition: KeyValue<'_>,
    ) -> Self {
        let mut query = Query::for_scan(connection).with_types();
        query.partition = Some((R::KEY, convert::key_value(partition)));
        query
    }
}

impl<'a, R: Table> Query<'a, R, FullScan, R::Item> {
    pub(super) fn for_scan(connection: &'a SdkConnection<Client>) -> Self {
        Query {
            connection,
            index: None,
            partition: None,
            sort: None,
            limit: None,
            descending: false,
            consistent: false,
            after: None,
            problem: None,
            marker: PhantomData,
        }
    }
}

/// Implements the conditions of a query on the sort key, for queries by the keys of the table or of an index.
macro_rules! conditions {
    ($Keys:ident, |$key:lifetime| $value:ty, $sort:expr) => {
        impl<R: Table, T> Query<'_, R, $Keys, T> {
            /// Selects the items whose sort key equals `value`.
            #[must_use]
            pub fn eq<$key>(self, value: $value) -> Self {
                self.add_comparison("=", $sort, value.value())
            }

            /// Selects the items whose sort key is less than `value`.
            #[must_use]
            pub fn lt<$key>(self, value: $value) -> Self {
                self.add_comparison("<", $sort, value.value())
            }

            /// Selects the items whose sort key is less than or equal to `value`.
            #[must_use]
            pub fn le<$key>(self, value: $value) -> Self {
                self.add_comparison("<=", $sort, value.value())
            }

            /// Selects the items whose sort key is greater than `value`.
            #[must_use]
            pub fn gt<$key>(self, value: $value) -> Self {
                self.add_comparison(">", $sort, value.value())
            }

            /// Selects the items whose sort key is greater than or equal to `value`.
            #[must_use]
            pub fn ge<$key>(self, value: $value) -> Self {
                self.add_comparison(">=", $sort, value.value())
            }

            /// Selects the items whose sort key is between `from` and `to`, both included.
            #[must_use]
            pub fn between<$key>(mut self, from: $value, to: $value) -> Self {
                let sort = $sort(&self);
                self.check_sort_key(sort, from.value());
                let (from, to) = (convert::key_value(from.value()), convert::key_value(to.value()));
                self.sort = sort.map(|sort| (sort, Condition::Between(from, to)));
                self
            }

            /// Selects the items whose sort key begins with `prefix`. The sort key has to be text or bytes.
            #[must_use]
            pub fn begins_with<$key>(mut self, prefix: $value) -> Self {
                let sort = $sort(&self);
                self.check_sort_key(sort, prefix.value());
                let prefix = convert::key_value(prefix.value());
                self.sort = sort.map(|sort| (sort, Condition::BeginsWith(prefix)));
                self
            }

            /// Returns the items from the greatest sort key to the least. The default order is ascending.
            #[must_use]
            pub fn descending(mut self) -> Self {
                self.descending = true;
                self
            }
        }
    };
}

conditions!(ByTableKey, |'k| R::Sort<'k>, |_: &Self| R::SORT);
conditions!(ByIndexKey, |'k| impl KeyPart<'k>, |query: &Self| query.index.and_then(|index| index.sort));

impl<'a, R: Table, S, T> Query<'a, R, S, T> {
    /// Limits the number of items that all pages of the query have together. By default there is no limit.
    #[must_use]
    pub fn limit(mut self, items: usize) -> Self {
        self.limit = Some(items);
        self
    }

    /// Continues after an earlier page.
    #[must_use]
    pub fn after(mut self, cursor: Cursor) -> Self {
        self.after = Some(cursor);
        self
    }

    /// Makes the query strongly consistent: every successful write is visible. The query then costs twice as much. A
    /// global index does not support strong consistency.
    #[must_use]
    pub fn consistent(mut self) -> Self {
        self.consistent = true;
        self
    }

    /// Deserializes the returned items as the type `U` instead of the type of the table's items. Use this method for
    /// an index that does not contain all attributes.
    #[must_use]
    pub fn as_items<U>(self) -> Query<'a, R, S, U> {
        self.with_types()
    }

    /// Returns the same query with other type parameters, which are only markers.
    fn with_types<S2, T2>(self) -> Query<'a, R, S2, T2> {
        let Self { connection, index, partition, sort, limit, descending, consistent, .. } = self;
        let Self { after, problem, .. } = self;
        Query {
            connection,
            index,
            partition,
            sort,
            limit,
            descending,
            consistent,
            after,
            problem,
            marker: PhantomData,
        }
    }

    fn add_comparison(
        mut self,
        operator: &'static str,
        sort: impl FnOnce(&Self) -> Option<KeyAttribute>,
        value: KeyValue<'_>,
    ) -> Self {
        let sort = sort(&self);
        self.check_sort_key(sort, value);
        let value = convert::key_value(value);
        self.sort = sort.map(|sort| (sort, Condition::Compare(operator, value)));
        self
    }

    fn check_sort_key(&mut self, sort: Option<KeyAttribute>, value: KeyValue<'_>) {
        match (sort, self.index) {
            (Some(sort), _) => self.check_key_type(sort, value),
            (None, Some(index)) => {
                self.problem.get_or_insert_with(|| {
                    messages::client::index_without_sort_key(index.name, R::ID)
                });
            }
            // A table without a sort key takes no value (`NoSortKey`), and an unknown index is an error already.
            (None, None) => {}
        }
    }

    /// Records an error of the query if the value of a key does not have the type that the table declares for the
    /// attribute.
    fn check_key_type(&mut self, attribute: KeyAttribute, value: KeyValue<'_>) {
        let given = match value {
            KeyValue::Text(_) => KeyType::String,
            KeyValue::Number(_) => KeyType::Number,
            KeyValue::Bytes(_) => KeyType::Binary,
        };
        if given != attribute.kind && self.problem.is_none() {
            let KeyAttribute { name, kind } = attribute;
            let (declared, given) = (format!("{kind:?}"), format!("{given:?}"));
            self.problem =
                Some(messages::client::key_of_another_type(name, R::ID, &declared, &given));
        }
    }
}

impl<R: Table, S, T: DeserializeOwned> Query<'_, R, S, T> {
    /// Sends the query and returns one page: as many items as the [`limit`](Self::limit) or 1 MB allows, and the
    /// cursor at which the next page begins.
    ///
    /// # Errors
    ///
    /// Fails with `UnknownIndex`, `WrongKeyType` or `NoSortKey` if the query does not match the table, and with the
    /// errors of [`TableClient`](super::TableClient).
    pub async fn page(self) -> Result<Page<T>, Error> {
        Ok(self.fetch_page().await?.0)
    }

    /// Sends the query and returns one page, together with the query for the next page, whose limit is reduced by the
    /// items of this page.
    pub(super) async fn fetch_page(mut self) -> Result<(Page<T>, Self), Error> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        // DynamoDB refuses a limit of 0.
        if self.is_done() {
            return Ok((Page { items: Vec::new(), next: self.after.clone() }, self));
        }
        let (items, last) = if self.partition.is_some() {
            self.send_query().await?
        } else {
            self.send_scan().await?
        };
        let items: Vec<T> =
            items.into_iter().map(convert::deserialize_item::<R, T>).collect::<Result<_, _>>()?;
        self.limit = self.limit.map(|limit| limit.saturating_sub(items.len()));
        let next = last.filter(|last| !last.is_empty()).map(Cursor);
        Ok((Page { items, next }, self))
    }

    /// Returns whether the limit of the query is reached, so that no further item may be requested.
    pub(super) fn is_done(&self) -> bool {
        self.limit == Some(0)
    }

    /// Returns the limit of a DynamoDB request for the items that the query may still return; `None` if the query has
    /// no limit.
    fn request_limit(&self) -> Option<i32> {
        self.limit.map(|limit| i32::try_from(limit).unwrap_or(i32::MAX))
    }

    async fn send_query(&self) -> Result<(Vec<Attributes>, Option<Attributes>), Error> {
        let (expression, names, values) = self.build_key_condition();
        let request = self.connection.client.query().table_name(&*self.connection.name);
        let request = request
            .set_index_name(self.index.map(|index| index.name.to_owned()))
            .key_condition_expression(expression)
            .set_expression_attribute_names(Some(names))
            .set_expression_attribute_values(Some(values))
            .set_limit(self.request_limit())
            .scan_index_forward(!self.descending)
            .consistent_read(self.consistent)
            .set_exclusive_start_key(self.after.as_ref().map(|after| after.0.clone()));
        let response = request.send().await.map_err(map_sdk_error::<R, _, _>("`Query`"))?;
        Ok((response.items.unwrap_or_default(), response.last_evaluated_key))
    }

    async fn send_scan(&self) -> Result<(Vec<Attributes>, Option<Attributes>), Error> {
        let request = self.connection.client.scan().table_name(&*self.connection.name);
        let request = request
            .set_index_name(self.index.map(|index| index.name.to_owned()))
            .set_limit(self.request_limit())
            .consistent_read(self.consistent)
            .set_exclusive_start_key(self.after.as_ref().map(|after| after.0.clone()));
        let response = request.send().await.map_err(map_sdk_error::<R, _, _>("`Scan`"))?;
        Ok((response.items.unwrap_or_default(), response.last_evaluated_key))
    }

    /// Returns the condition of the query on the keys as an expression of DynamoDB, the attribute names by their
    /// placeholders, and the values by their placeholders. Names have placeholders because any name may be a reserved
    /// word of DynamoDB.
    fn build_key_condition(&self) -> (String, HashMap<String, String>, Attributes) {
        let (mut names, mut values) = (HashMap::new(), HashMap::new());
        let mut expression = String::new();
        if let Some((attribute, value)) = &self.partition {
            expression.push_str("#p = :p");
            names.insert("#p".to_owned(), attribute.name.to_owned());
            values.insert(":p".to_owned(), value.clone());
        }
        if let Some((attribute, condition)) = &self.sort {
            names.insert("#s".to_owned(), attribute.name.to_owned());
            let mut value = |name: &str, value: &AttributeValue| {
                values.insert(name.to_owned(), value.clone());
            };
            match condition {
                Condition::Compare(operator, it) => {
                    expression.extend([" AND #s ", operator, " :s"]);
                    value(":s", it);
                }
                Condition::Between(from, to) => {
                    expression.push_str(" AND #s BETWEEN :s AND :t");
                    value(":s", from);
                    value(":t", to);
                }
                Condition::BeginsWith(prefix) => {
                    expression.push_str(" AND begins_with(#s, :s)");
                    value(":s", prefix);
                }
            }
        }
        (expression, names, values)
    }
}

/// Makes the error of a query of an index that the table `R` does not declare.
fn make_unknown_index_error<R: Table>(name: &str) -> Error {
    let known: Vec<_> = R::INDEXES.iter().map(|index| index.name).collect();
    messages::client::unknown_index(name, R::ID, &known)
}
