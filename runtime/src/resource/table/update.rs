//! [`Update`]: changes to single attributes of one item of a table, in one request.

use std::collections::HashMap;
use std::marker::PhantomData;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::SdkError;
use serde::Serialize;

use super::Table;
use super::convert;
use super::convert::Attributes;
use crate::Error;
use crate::aws::connection::SdkConnection;
use crate::resource::sdk_error::map_sdk_error;

/// Changes to attributes of one item of a table. [`apply`](Self::apply) applies all of them or none.
///
/// | method | what it does |
/// | --- | --- |
/// | [`set`](Self::set) | sets an attribute |
/// | [`add`](Self::add) | adds a number to an attribute |
/// | [`remove`](Self::remove) | removes an attribute |
/// | [`if_exists`](Self::if_exists) | applies the changes only if the item exists |
/// | [`apply`](Self::apply) | sends the changes |
///
/// Mirrors "Using update expressions in DynamoDB" of the Amazon DynamoDB Developer Guide.
#[cfg_attr(docsrs, doc(cfg(feature = "table")))]
#[must_use = "nothing changes before `apply`"]
pub struct Update<'a, R> {
    connection: &'a SdkConnection<Client>,
    key: Attributes,
    names: HashMap<String, String>,
    values: Attributes,
    set: Vec<String>,
    add: Vec<String>,
    remove: Vec<String>,
    only_existing: bool,
    problem: Option<Error>,
    marker: PhantomData<fn() -> R>,
}

impl<'a, R: Table> Update<'a, R> {
    pub(super) fn new(connection: &'a SdkConnection<Client>, key: Attributes) -> Self {
        Self {
            connection,
            key,
            names: HashMap::new(),
            values: HashMap::new(),
            set: Vec::new(),
            add: Vec::new(),
            remove: Vec::new(),
            only_existing: false,
            problem: None,
            marker: PhantomData,
        }
    }

    /// Sets an attribute of the item to a value.
    pub fn set(mut self, attribute: &str, value: impl Serialize) -> Self {
        let (name, value) =
            (self.add_name_placeholder(attribute), self.add_value_placeholder(attribute, value));
        self.set.push(format!("{name} = {value}"));
        self
    }

    /// Adds a number to an attribute of the item. An attribute that the item does not have counts as 0.
    pub fn add(mut self, attribute: &str, number: i64) -> Self {
        let (name, value) =
            (self.add_name_placeholder(attribute), self.add_value_placeholder(attribute, number));
        self.add.push(format!("{name} {value}"));
        self
    }

    /// Removes an attribute from the item.
    pub fn remove(mut self, attribute: &str) -> Self {
        let name = self.add_name_placeholder(attribute);
        self.remove.push(name);
        self
    }

    /// Applies the changes only if the item exists. By default the item is created if it does not exist.
    pub fn if_exists(mut self) -> Self {
        self.only_existing = true;
        self
    }

    /// Sends the changes to DynamoDB, and returns whether they were applied: `false` if
    /// [`if_exists`](Self::if_exists) was called and the item does not exist.
    ///
    /// # Errors
    ///
    /// Fails with `InvalidItem` if a value cannot be serialized, and with the error of AWS.
    pub async fn apply(mut self) -> Result<bool, Error> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        let clauses = [("SET", &self.set), ("ADD", &self.add), ("REMOVE", &self.remove)];
        let clauses = clauses.iter().filter(|(_, parts)| !parts.is_empty());
        let clauses = clauses.map(|(word, parts)| format!("{word} {}", parts.join(", ")));
        let expression = clauses.collect::<Vec<_>>().join(" ");
        let mut request = self.connection.client.update_item().table_name(&*self.connection.name);
        if self.only_existing {
            self.names.insert("#key".to_owned(), R::KEY.name.to_owned());
            request = request.condition_expression("attribute_exists(#key)");
        }
        // DynamoDB refuses an empty expression, and empty lists of names and of values.
        let request = request
            .set_key(Some(self.key))
            .set_update_expression(Some(expression).filter(|it| !it.is_empty()))
            .set_expression_attribute_names(Some(self.names).filter(|it| !it.is_empty()))
            .set_expression_attribute_values(Some(self.values).filter(|it| !it.is_empty()));
        match request.send().await {
            Ok(_) => Ok(true),
            Err(SdkError::ServiceError(refused))
                if self.only_existing && refused.err().is_conditional_check_failed_exception() =>
            {
                Ok(false)
            }
            Err(error) => Err(map_sdk_error::<R, _, _>("`UpdateItem`")(error)),
        }
    }

    /// Adds a placeholder for the name of an attribute to the update expression, and returns the placeholder. Any
    /// name may be a reserved word of DynamoDB.
    fn add_name_placeholder(&mut self, attribute: &str) -> String {
        let placeholder = format!("#n{}", self.names.len());
        self.names.insert(placeholder.clone(), attribute.to_owned());
        placeholder
    }

    /// Adds a placeholder for a value of an attribute to the update expression, and returns the placeholder. Records
    /// an error if the value cannot be serialized.
    fn add_value_placeholder(&mut self, attribute: &str, value: impl Serialize) -> String {
        let placeholder = format!(":v{}", self.values.len());
        match convert::serialize_value(attribute, value) {
            Ok(value) => {
                self.values.insert(placeholder.clone(), value);
            }
            Err(problem) => {
                self.problem.get_or_insert(problem);
            }
        }
        placeholder
    }
}
