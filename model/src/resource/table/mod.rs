//! The kind `table` of resources: a DynamoDB table with on-demand billing and point-in-time recovery. This
//! module has the settings and the definition of the kind.

mod check;

use serde::Serialize;

pub use check::TablePart;

use crate::access::Access;
use crate::aws::iam::{ApiCall, CallGroup, GrantScope};
use crate::aws::lambda_settings::Outcome;
use crate::aws::limits;
use crate::aws::name::{AttributeName, IndexName, InvalidName, TableName};
use crate::aws::parameter_content::{NameLetters, ParameterContent};
use crate::resource::kind_definition::{FailureDestination, KindDefinition};

/// The types that a key attribute of a DynamoDB table can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyType {
    /// A string: `S` in DynamoDB, a `&str` in Rust.
    String,
    /// A number: `N` in DynamoDB, an `i64` in Rust.
    Number,
    /// Bytes: `B` in DynamoDB, a `&[u8]` in Rust.
    Binary,
}

impl KeyType {
    /// All key types, each with its name in the grammar.
    pub const NAMES: [(&'static str, Self); 3] =
        [("string", Self::String), ("number", Self::Number), ("binary", Self::Binary)];

    /// Returns DynamoDB's name for the key type.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::String => "S",
            Self::Number => "N",
            Self::Binary => "B",
        }
    }

    /// Returns the name of the key type in the grammar.
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
    /// The name of the attribute.
    pub name: AttributeName,
    /// The type of the attribute.
    #[serde(rename = "type")]
    pub kind: KeyType,
}

/// The attributes of each item, apart from the keys, that a secondary index contains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Projection {
    /// The index contains all attributes of an item.
    All,
    /// The index contains only the keys.
    Keys,
    /// The index contains these attributes beside the keys.
    Include(Vec<AttributeName>),
}

/// A secondary index of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SecondaryIndex {
    /// The name of the index.
    pub name: IndexName,
    /// The partition key of the index. `None` for a local index, which has the partition key of its table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<KeyAttribute>,
    /// The sort key of the index, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<KeyAttribute>,
    /// The attributes of each item that the index contains.
    pub projection: Projection,
}

impl SecondaryIndex {
    /// Returns whether the index is a local secondary index.
    #[must_use]
    pub const fn is_local(&self) -> bool {
        self.key.is_none()
    }
}

/// The content of the records of a table's stream, which is AWS's stream view type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StreamView {
    /// A record contains only the keys of the item.
    Keys,
    /// A record contains the item after the change.
    New,
    /// A record contains the item before the change.
    Old,
    /// A record contains the item before and after the change.
    NewAndOld,
}

impl StreamView {
    /// All stream views, each with its name in the grammar.
    pub const NAMES: [(&'static str, Self); 4] = [
        ("keys", Self::Keys),
        ("new", Self::New),
        ("old", Self::Old),
        ("new_and_old", Self::NewAndOld),
    ];

    /// Returns DynamoDB's name for the stream view.
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
    /// The name of the table, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<TableName>,
    /// The partition key of the table.
    pub key: KeyAttribute,
    /// The sort key of the table, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<KeyAttribute>,
    /// The secondary indexes of the table, in the order of the source code.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub indexes: Vec<SecondaryIndex>,
    /// The view of the table's stream, if the table has a stream.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream: Option<StreamView>,
    /// The attribute with the expiry time of an item, if the items of the table expire.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttl: Option<AttributeName>,
    /// Whether the table can be restored to any second of the last 35 days.
    pub point_in_time_recovery: bool,
}

impl Table {
    /// Returns the attributes that are keys of the table or of one of its indexes, each attribute once, in the
    /// order of the source code.
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
    ApiCall::new("GetItem", "dynamodb:GetItem").in_group(CallGroup::Get),
    ApiCall::new("BatchGetItem", "dynamodb:BatchGetItem").in_group(CallGroup::BatchGet),
    ApiCall::new("Query", "dynamodb:Query").in_group(CallGroup::Query),
    ApiCall::new("Scan", "dynamodb:Scan").in_group(CallGroup::Scan),
    ApiCall::with_scope("Query", "dynamodb:Query", GrantScope::Indexes).in_group(CallGroup::Query),
    ApiCall::with_scope("Scan", "dynamodb:Scan", GrantScope::Indexes).in_group(CallGroup::Scan),
];

const WRITE: &[ApiCall] = &[
    ApiCall::new("PutItem", "dynamodb:PutItem").in_group(CallGroup::Put),
    ApiCall::new("UpdateItem", "dynamodb:UpdateItem").in_group(CallGroup::Update),
    ApiCall::new("DeleteItem", "dynamodb:DeleteItem").in_group(CallGroup::Delete),
    ApiCall::new("BatchWriteItem", "dynamodb:BatchWriteItem").in_group(CallGroup::BatchWrite),
];

impl KindDefinition for Table {
    const WITH_ARTICLE: &'static str = "a table";
    const MINIMAL_DECLARATION: &'static str = "table(key = \"…\")";
    const VARIABLE_SUFFIX: &'static str = "TABLE_NAME";
    const CLOUDFORMATION_TYPES: &'static [&'static str] =
        &["AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable", "AWS::Serverless::SimpleTable"];
    const PARAMETER: ParameterContent = ParameterContent::name(
        "Name of a DynamoDB table",
        NameLetters::Plain,
        &limits::TABLE_NAME_LEN,
    );
    const ARN_SERVICE: &'static str = "dynamodb";
    const ARN_PREFIX: &'static str = "table/";
    const ARN_IS_GLOBAL: bool = false;
    const RETAINED_BY_DEFAULT: bool = true;
    const CAN_BE_FIFO: bool = false;
    const RESULTS: &'static [Outcome] = &[];
    const FAILURE_DESTINATION: Option<FailureDestination> = None;
    const KEY_PROPERTY: Option<&'static str> = Some("SSESpecification");
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
