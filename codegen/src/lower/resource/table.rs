//! Lowers a DynamoDB table. It is billed per request, has point-in-time recovery, and is retained when its stack is
//! deleted.
//!
//! The encryption is not set unless the user sets a key: by default DynamoDB encrypts every table with a key that AWS owns,
//! at no cost. Any other key is in the user's account and is billed.

use skylift_model::aws::iam::GrantScope;
use skylift_model::aws::node::{Map, Node};
use skylift_model::resource::Resource;
use skylift_model::resource::table::{KeyAttribute, Projection, SecondaryIndex, StreamView, Table};

use super::existing::{ArnLookup, ClientIdentifier, NamingRules, ParameterContent};
use super::kind::{LowerResource, NewResource, ref_output};
use super::policy;
use crate::lower::text::text_nodes;
use crate::stack::ResourceInStack;

/// How a template names a table.
pub(super) const NAMING_RULES: NamingRules = NamingRules {
    client: ClientIdentifier::NameOrArn,
    parameter: ParameterContent::Name,
    arn: ArnLookup::Attribute,
    suffix: None,
};

impl LowerResource for Table {
    fn lower(&self, new: &NewResource<'_>, lowered: &mut ResourceInStack) {
        // With a throughput of the user's and without a billing mode, DynamoDB provisions it.
        let users = &new.resource.properties;
        let is_provisioned =
            users.get("ProvisionedThroughput").is_some() && users.get("BillingMode").is_none();
        let mut properties = table_properties(self, !is_provisioned);
        if let Some(key) = new.kms_key() {
            let encryption = Map::new()
                .with("SSEEnabled", true)
                .with("SSEType", "KMS")
                .with("KMSMasterKeyId", key);
            properties.set("SSESpecification", encryption);
        }
        let policy = |statements: &[Map]| {
            // A policy in the table's own properties cannot name the ARN, which exists only after the table.
            let itself = [Node::from("*")];
            let document = policy::policy_document(false, statements, "", &itself);
            document.map(|document| Map::new().with("PolicyDocument", document))
        };
        properties.set_some("ResourcePolicy", policy(&new.policy_statements()));
        if let (Some(view), Some(policy)) = (self.stream, policy(&new.resource.stream_policy)) {
            let stream = stream_specification(view).with("ResourcePolicy", policy);
            properties.set("StreamSpecification", stream);
        }
        lowered.resources.push(new.main_resource(properties));
        lowered.outputs.push(ref_output(new.id(), "Name", "Name of the table"));
    }

    fn arn(&self, resource: &Resource) -> Node {
        Node::attribute(&resource.id, "Arn")
    }

    fn part_suffixes(&self, on: GrantScope) -> Vec<String> {
        match on {
            GrantScope::Indexes => {
                self.indexes.iter().map(|index| format!("/index/{}", index.name)).collect()
            }
            GrantScope::Itself | GrantScope::Objects => Vec::new(),
        }
    }
}

/// Returns the properties of a table, which is billed for each request if it is on demand.
fn table_properties(table: &Table, is_on_demand: bool) -> Map {
    let mut properties = Map::new();
    properties.set_some("TableName", table.name.as_ref().map(|name| name.as_str()));
    properties.set_some("BillingMode", is_on_demand.then_some("PAY_PER_REQUEST"));
    let attributes: Vec<Node> =
        table.key_attributes().into_iter().map(attribute_definition).collect();
    properties.set("AttributeDefinitions", attributes);
    properties.set("KeySchema", key_schema(&table.key, table.sort.as_ref()));
    for (name, local) in [("GlobalSecondaryIndexes", false), ("LocalSecondaryIndexes", true)] {
        let indexes = table.indexes.iter().filter(|index| index.is_local() == local);
        let indexes: Vec<Node> = indexes.map(|it| lower_index(it, table)).collect();
        properties.set_some(name, Some(indexes).filter(|indexes| !indexes.is_empty()));
    }
    let recovery = Map::new().with("PointInTimeRecoveryEnabled", table.point_in_time_recovery);
    properties.set("PointInTimeRecoverySpecification", recovery);
    let stream = table.stream.map(stream_specification);
    properties.set_some("StreamSpecification", stream);
    let ttl = table.ttl.as_ref();
    let ttl = ttl.map(|it| Map::new().with("AttributeName", it.as_str()).with("Enabled", true));
    properties.set_some("TimeToLiveSpecification", ttl);
    properties
}

/// Returns the specification of a table's stream, without a policy.
fn stream_specification(view: StreamView) -> Map {
    Map::new().with("StreamViewType", view.as_str())
}

/// Returns the definition of a key attribute: its name and type.
fn attribute_definition(attribute: &KeyAttribute) -> Node {
    Map::new()
        .with("AttributeName", attribute.name.as_str())
        .with("AttributeType", attribute.kind.as_str())
        .into()
}

/// Returns the key schema of a table or an index: its partition key and, if there is one, its sort key.
fn key_schema(key: &KeyAttribute, sort: Option<&KeyAttribute>) -> Vec<Node> {
    let keys = [(Some(key), "HASH"), (sort, "RANGE")];
    let entry = |(attribute, kind): (Option<&KeyAttribute>, &str)| {
        let name = attribute?.name.as_str();
        Some(Map::new().with("AttributeName", name).with("KeyType", kind).into())
    };
    keys.into_iter().filter_map(entry).collect()
}

/// Returns a secondary index of a table.
fn lower_index(index: &SecondaryIndex, table: &Table) -> Node {
    let projection = match &index.projection {
        Projection::All => Map::new().with("ProjectionType", "ALL"),
        Projection::Keys => Map::new().with("ProjectionType", "KEYS_ONLY"),
        Projection::Include(attributes) => Map::new()
            .with("ProjectionType", "INCLUDE")
            .with("NonKeyAttributes", text_nodes(attributes.iter().map(|name| name.as_str()))),
    };
    let key = index.key.as_ref().unwrap_or(&table.key);
    Map::new()
        .with("IndexName", index.name.as_str())
        .with("KeySchema", key_schema(key, index.sort.as_ref()))
        .with("Projection", projection)
        .into()
}
