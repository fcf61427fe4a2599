//! Queries and scans of a table and of its indexes: built up by methods, sent by [`Query::page`],
//! [`Query::all`] or [`Query::pages`]. What does not fit the table's declaration is an error before
//! anything is sent.

use std::collections::HashMap;
use std::marker::PhantomData;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use serde::de::DeserializeOwned;

use super::convert;
use super::convert::Attributes;
use super::declared::{Attribute, Index, KeyType, Table};
use super::key::{Part, PartValue};
use super::page::{Cursor, Page};
use crate::Error;
use crate::aws::connection::SdkConnection;
use crate::resource::sdk_error::map_sdk_error;

/// A query of a table's partition, of an index, or a scan, to be sent.
///
/// `T` is the type of the items that it gives: the table's, or what [`as_items`](Self::as_items)
/// says. Mirrors "Querying tables in DynamoDB" of the Amazon DynamoDB Developer Guide.
pub struct Query<'a, R, S, T> {
    connection: &'a SdkConnection<Client>,
    index: Option<&'static Index>,
    partition: Option<(Attribute, AttributeValue)>,
    sort: Option<(Attribute, Condition)>,
    limit: Option<usize>,
    descending: bool,
    consistent: bool,
    after: Option<Cursor>,
    /// What is wrong with it.
    problem: Option<Error>,
    of: PhantomData<Of<R, S, T>>,
}

/// Nothing of these is in a query, which can be sent to any thread.
type Of<R, S, T> = fn() -> (R, S, T);

/// A query by the table's own keys.
pub enum ByKey {}

/// A query by the keys of an index.
pub enum ByIndex {}

/// A scan.
pub enum All {}

enum Condition {
    Is(&'static str, AttributeValue),
    Between(AttributeValue, AttributeValue),
    BeginsWith(AttributeValue),
}

/// A secondary index of a table: [`TableClient::on`](super::TableClient::on).
pub struct OnIndex<'a, R> {
    connection: &'a SdkConnection<Client>,
    index: Result<&'static Index, Error>,
    of: PhantomData<fn() -> R>,
}

impl<'a, R: Table> OnIndex<'a, R> {
    pub(super) fn new(connection: &'a SdkConnection<Client>, name: &str) -> Self {
        let index = R::INDEXES.iter().find(|index| index.name == name);
        Self { connection, index: index.ok_or_else(|| unknown_index::<R>(name)), of: PhantomData }
    }

    /// The items of a partition of the index, in the order of its sort key. The partition key is a
    /// `&str`, an `i64` or a `&[u8]`, as the index says.
    #[must_use]
    pub fn query<'k>(self, partition: impl Part<'k>) -> Query<'a, R, ByIndex, R::Item> {
        let mut query = self.scan().turned();
        if let Some(index) = query.index {
            query.expect(index.key, partition.value());
            query.partition = Some((index.key, convert::part(partition.value())));
        }
        query
    }

    /// All items of the index, in no order.
    #[must_use]
    pub fn scan(self) -> Query<'a, R, All, R::Item> {
        let mut query = Query::of_all(self.connection);
        match self.index {
            Ok(index) => query.index = Some(index),
            Err(problem) => query.problem = Some(problem),
        }
        query
    }
}

impl<'a, R: Table> Query<'a, R, ByKey, R::Item> {
    pub(super) fn of_partition(
        connection: &'a SdkConnection<Client>,
        partition: R::Partition<'_>,
    ) -> Self {
        let mut query = Query::of_all(connection).turned();
        query.partition = Some((R::KEY, convert::part(partition.value())));
        query
    }
}

impl<'a, R: Table> Query<'a, R, All, R::Item> {
    pub(super) fn of_all(connection: &'a SdkConnection<Client>) -> Self {
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
            of: PhantomData,
        }
    }
}

/// The conditions on a sort key, for one way to name it.
macro_rules! conditions {
    ($Way:ident, |$key:lifetime| $value:ty, $sort:expr) => {
        impl<R: Table, T> Query<'_, R, $Way, T> {
            /// Those whose sort key is this.
            #[must_use]
            pub fn eq<$key>(self, value: $value) -> Self {
                self.is("=", $sort, value.value())
            }

            /// Those whose sort key is less.
            #[must_use]
            pub fn lt<$key>(self, value: $value) -> Self {
                self.is("<", $sort, value.value())
            }

            /// Those whose sort key is this or less.
            #[must_use]
            pub fn le<$key>(self, value: $value) -> Self {
                self.is("<=", $sort, value.value())
            }

            /// Those whose sort key is greater.
            #[must_use]
            pub fn gt<$key>(self, value: $value) -> Self {
                self.is(">", $sort, value.value())
            }

            /// Those whose sort key is this or greater.
            #[must_use]
            pub fn ge<$key>(self, value: $value) -> Self {
                self.is(">=", $sort, value.value())
            }

            /// Those whose sort key is one of these or between them.
            #[must_use]
            pub fn between<$key>(mut self, from: $value, to: $value) -> Self {
                let sort = $sort(&self);
                self.expect_sort(sort, from.value());
                let (from, to) = (convert::part(from.value()), convert::part(to.value()));
                self.sort = sort.map(|sort| (sort, Condition::Between(from, to)));
                self
            }

            /// Those whose sort key, which is text or bytes, begins with this.
            #[must_use]
            pub fn begins_with<$key>(mut self, prefix: $value) -> Self {
                let sort = $sort(&self);
                self.expect_sort(sort, prefix.value());
                let prefix = convert::part(prefix.value());
                self.sort = sort.map(|sort| (sort, Condition::BeginsWith(prefix)));
                self
            }

            /// From the greatest sort key to the least.
            #[must_use]
            pub fn descending(mut self) -> Self {
                self.descending = true;
                self
            }
        }
    };
}

conditions!(ByKey, |'k| R::Sort<'k>, |_: &Self| R::SORT);
conditions!(ByIndex, |'k| impl Part<'k>, |query: &Self| query.index.and_then(|index| index.sort));

impl<'a, R: Table, S, T> Query<'a, R, S, T> {
    /// At most so many items, altogether.
    #[must_use]
    pub fn limit(mut self, items: usize) -> Self {
        self.limit = Some(items);
        self
    }

    /// What comes after an earlier page.
    #[must_use]
    pub fn after(mut self, cursor: Cursor) -> Self {
        self.after = Some(cursor);
        self
    }

    /// With every write that has succeeded. Costs twice as much, and a global index cannot do it.
    #[must_use]
    pub fn consistent(mut self) -> Self {
        self.consistent = true;
        self
    }

    /// As items of another type: an index that does not hold all attributes gives no whole items.
    #[must_use]
    pub fn as_items<U>(self) -> Query<'a, R, S, U> {
        self.turned()
    }

    fn turned<S2, T2>(self) -> Query<'a, R, S2, T2> {
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
            of: PhantomData,
        }
    }

    fn is(
        mut self,
        operator: &'static str,
        sort: impl FnOnce(&Self) -> Option<Attribute>,
        value: PartValue<'_>,
    ) -> Self {
        let sort = sort(&self);
        self.expect_sort(sort, value);
        let value = convert::part(value);
        self.sort = sort.map(|sort| (sort, Condition::Is(operator, value)));
        self
    }

    fn expect_sort(&mut self, sort: Option<Attribute>, value: PartValue<'_>) {
        match (sort, self.index) {
            (Some(sort), _) => self.expect(sort, value),
            (None, Some(index)) => {
                let message =
                    format!("the index `{}` of the table `{}` has no sort key", index.name, R::ID);
                self.problem.get_or_insert_with(|| Error::new("NoSortKey", message));
            }
            // The table has none, and so nobody has a value; or the index is unknown, which was said.
            (None, None) => {}
        }
    }

    /// Where a key comes as another type than was declared, that is what is wrong.
    fn expect(&mut self, attribute: Attribute, value: PartValue<'_>) {
        let given = match value {
            PartValue::Text(_) => KeyType::String,
            PartValue::Number(_) => KeyType::Number,
            PartValue::Bytes(_) => KeyType::Binary,
        };
        if given != attribute.kind && self.problem.is_none() {
            let Attribute { name, kind } = attribute;
            let message =
                format!("the key `{name}` of the table `{}` is {kind:?}, not {given:?}", R::ID);
            self.problem = Some(Error::new("WrongKeyType", message));
        }
    }
}

impl<R: Table, S, T: DeserializeOwned> Query<'_, R, S, T> {
    /// One page: as many items as the [`limit`](Self::limit) says or 1 MB holds, and where the next
    /// one begins.
    ///
    /// # Errors
    ///
    /// `UnknownIndex`, `WrongKeyType` and `NoSortKey` where the query does not fit the table; else as
    /// of [`TableClient`](super::TableClient).
    pub async fn page(self) -> Result<Page<T>, Error> {
        Ok(self.turn().await?.0)
    }

    /// One page, and the query for what is left of it.
    pub(super) async fn turn(mut self) -> Result<(Page<T>, Self), Error> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        // DynamoDB takes no limit of none.
        if self.is_done() {
            return Ok((Page { items: Vec::new(), next: self.after.clone() }, self));
        }
        let (items, last) = if self.partition.is_some() {
            self.send_query().await?
        } else {
            self.send_scan().await?
        };
        let items: Vec<T> =
            items.into_iter().map(convert::read::<R, T>).collect::<Result<_, _>>()?;
        self.limit = self.limit.map(|limit| limit.saturating_sub(items.len()));
        let next = last.filter(|last| !last.is_empty()).map(Cursor);
        Ok((Page { items, next }, self))
    }

    /// Whether there is nothing more to be had up to the limit.
    pub(super) fn is_done(&self) -> bool {
        self.limit == Some(0)
    }

    /// The limit as DynamoDB takes it.
    fn most(&self) -> Option<i32> {
        self.limit.map(|limit| i32::try_from(limit).unwrap_or(i32::MAX))
    }

    async fn send_query(&self) -> Result<(Vec<Attributes>, Option<Attributes>), Error> {
        let (expression, names, values) = self.condition();
        let request = self.connection.client.query().table_name(&*self.connection.name);
        let request = request
            .set_index_name(self.index.map(|index| index.name.to_owned()))
            .key_condition_expression(expression)
            .set_expression_attribute_names(Some(names))
            .set_expression_attribute_values(Some(values))
            .set_limit(self.most())
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
            .set_limit(self.most())
            .consistent_read(self.consistent)
            .set_exclusive_start_key(self.after.as_ref().map(|after| after.0.clone()));
        let response = request.send().await.map_err(map_sdk_error::<R, _, _>("`Scan`"))?;
        Ok((response.items.unwrap_or_default(), response.last_evaluated_key))
    }

    /// The condition on the keys. Names go by placeholders: any may be a word of DynamoDB's.
    fn condition(&self) -> (String, HashMap<String, String>, Attributes) {
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
                Condition::Is(operator, it) => {
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

fn unknown_index<R: Table>(name: &str) -> Error {
    let known: Vec<_> = R::INDEXES.iter().map(|index| format!("`{}`", index.name)).collect();
    let known = if known.is_empty() { "no index".to_owned() } else { known.join(", ") };
    let message = format!("`{name}` is not an index of the table `{}`: it has {known}", R::ID);
    Error::new("UnknownIndex", message)
}
