//! `table`: a DynamoDB table with on-demand billing and point-in-time recovery. This module has its settings
//! and its definition.

mod check;

use serde::Serialize;

pub use check::TablePart;

use crate::access::Access;
use crate::aws::iam::{ApiCall, GrantScope};
use crate::aws::name::{AttributeName, IndexName, InvalidName, TableName};
use crate::resource::kind_definition::{FailureDestination, KindDefinition};

/// The types of DynamoDB keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyType {
    /// `S`, a `&str` in Rust.
    String,
    /// `N`, an `i64` in Rust.
    Number,
    /// `B`, a `&[u8]` in Rust.
    Binary,
}

impl KeyType {
    /// All variants, with their names in the grammar.
    pub const NAMES: [(&'static str, Self); 3] =
        [("string", Self::String), ("number", Self::Number), ("binary", Self::Binary)];

    /// Returns DynamoDB's name for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::String => "S",
            Self::Number => "N",
            Self::Binary => "B",
        }
    }

    /// Returns its name in the grammar.
    #[must_use]
    pub const fn keyword(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Binary => "binary",
        }
    }
}

/// An attribute that is a key of a table or of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyAttribute {
    /// Its name.
    pub name: AttributeName,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: KeyType,
}

/// The attributes, apart from the keys, that an index has of each item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Projection {
    /// All attributes.
    All,
    /// No attributes.
    Keys,
    /// These attributes.
    Include(Vec<AttributeName>),
}

/// A secondary index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SecondaryIndex {
    /// Its name.
    pub name: IndexName,
    /// Its partition key, and `None` for a local index, which has the table's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<KeyAttribute>,
    /// Its sort key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<KeyAttribute>,
    /// The attributes that it has of each item.
    pub projection: Projection,
}

impl SecondaryIndex {
    /// Returns whether it is a local index.
    #[must_use]
    pub const fn is_local(&self) -> bool {
        self.key.is_none()
    }
}

/// The content of a table's stream records, which is AWS's stream view type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StreamView {
    /// The keys of the item.
    Keys,
    /// The item after the change.
    New,
    /// The item before the change.
    Old,
    /// The item before and after the change.
    NewAndOld,
}

impl StreamView {
    /// All variants, with their names in the grammar.
    pub const NAMES: [(&'static str, Self); 4] = [
        ("keys", Self::Keys),
        ("new", Self::New),
        ("old", Self::Old),
        ("new_and_old", Self::NewAndOld),
    ];

    /// Returns DynamoDB's name for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Keys => "KEYS_ONLY",
            Self::New => "NEW_IMAGE",
            Self::Old => "OLD_IMAGE",
            Self::NewAndOld => "NEW_AND_OLD_IMAGES",
        }
    }
}

/// The settings of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Its name, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<TableName>,
    /// Its partition key.
    pub key: KeyAttribute,
    /// Its sort key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<KeyAttribute>,
    /// Its secondary indexes, in the order of the source code.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub indexes: Vec<SecondaryIndex>,
    /// The view type of its stream, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream: Option<StreamView>,
    /// The attribute with the expiry time of an item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttl: Option<AttributeName>,
    /// Whether the table can be restored to any second of the last 35 days.
    pub point_in_time_recovery: bool,
}

impl Table {
    /// Returns the attributes that are keys of the table or of an index, each once, in the order of the
    /// source code.
    #[must_use]
    pub fn key_attributes(&self) -> Vec<&KeyAttribute> {
        let mut attributes: Vec<&KeyAttribute> = Vec::new();
        let indexes = self.indexes.iter().flat_map(|index| [&index.key, &index.sort]);
        let all = std::iter::once(&self.key).chain(&self.sort).chain(indexes.flatten());
        for attribute in all {
            if attributes.iter().all(|known| known.name != attribute.name) {
                attributes.push(attribute);
            }
        }
        attributes
    }
}

const READ: &[ApiCall] = &[
    ApiCall::new("GetItem", "dynamodb:GetItem"),
    ApiCall::new("BatchGetItem", "dynamodb:BatchGetItem"),
    ApiCall::new("Query", "dynamodb:Query"),
    ApiCall::new("Scan", "dynamodb:Scan"),
    ApiCall::with_scope("Query", "dynamodb:Query", GrantScope::Indexes),
    ApiCall::with_scope("Scan", "dynamodb:Scan", GrantScope::Indexes),
];

const WRITE: &[ApiCall] = &[
    ApiCall::new("PutItem", "dynamodb:PutItem"),
    ApiCall::new("UpdateItem", "dynamodb:UpdateItem"),
    ApiCall::new("DeleteItem", "dynamodb:DeleteItem"),
    ApiCall::new("BatchWriteItem", "dynamodb:BatchWriteItem"),
];

impl KindDefinition for Table {
    const WITH_ARTICLE: &'static str = "a table";
    const MINIMAL_DECLARATION: &'static str = "table(key = \"…\")";
    const VARIABLE_SUFFIX: &'static str = "TABLE_NAME";
    const PARAMETER_DESCRIPTION: &'static str = "Name of a DynamoDB table";
    const ARN_SERVICE: &'static str = "dynamodb";
    const ARN_PREFIX: &'static str = "table/";
    const ARN_IS_GLOBAL: bool = false;
    const RETAINED_BY_DEFAULT: bool = true;
    const CAN_BE_FIFO: bool = false;
    const FAILURE_DESTINATION: Option<FailureDestination> = None;
    const CALLS: &'static [(Access, &'static [&'static [ApiCall]])] =
        &[(Access::Read, &[READ]), (Access::Write, &[WRITE]), (Access::ReadWrite, &[READ, WRITE])];

    fn name(&self) -> Option<&str> {
        self.name.as_ref().map(TableName::as_str)
    }

    fn is_fifo(&self) -> bool {
        false
    }

    fn check_name(name: &str) -> Result<(), InvalidName> {
        TableName::try_from(name).map(drop)
    }
}
