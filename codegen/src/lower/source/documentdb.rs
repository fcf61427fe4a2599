//! Lowers a trigger on the change stream of a cluster of `DocumentDB` to an event source mapping, which is folded into SAM's
//! event `DocumentDB`, and to the calls that Lambda makes with the function's role.
// See decision 0120.

use skylift_model::aws::mapping::keys;
use skylift_model::aws::mapping::secret_access::ServerReference;
use skylift_model::aws::mapping::stream::StartingPosition;
use skylift_model::aws::node::{Map, Node};
use skylift_model::message::Message;
use skylift_model::source::documentdb::{
    CLUSTER_ACTIONS, ClusterArn, DocumentDb, FullDocument, PARAMETER_GROUP_ACTIONS,
    SUBNET_GROUP_ACTIONS,
};

use super::mapping::{self, SOURCE_PROPERTY};
use super::source_access::{self, ACCESS, lower_basic_auth};
use super::trigger::{
    LowerTrigger, LoweredTriggers, TriggerContext, TriggerOverlayResource, event_stem,
};
use crate::lower::number::lower_number;
use crate::lower::text::camel_case;
use crate::messages;
use crate::overlay::{OverlayEntry, PropertyValue};
use crate::stack::{Event, SamEvent};

/// SAM's event type for a change stream. It is also the name of an event if no name has a letter or digit.
const SAM_EVENT: &str = "DocumentDB";

/// The CloudFormation type of a cluster. Lambda reads no other kind of cluster.
const TYPE: &str = "AWS::DocDB::DBCluster";

/// The property of a cluster with its version.
const VERSION: &str = "EngineVersion";

/// The property of a mapping with the database and the collection.
const CONFIG: &str = "DocumentDBEventSourceConfig";

impl LowerTrigger for DocumentDb {
    fn lower(&self, context: &TriggerContext<'_>, lowered: &mut LoweredTriggers) {
        let cluster = Cluster::find(&self.cluster);
        lowered.add_calls(vec![
            (CLUSTER_ACTIONS.into(), cluster.arn.clone()),
            (PARAMETER_GROUP_ACTIONS.into(), cluster.every("cluster-pg")),
            (SUBNET_GROUP_ACTIONS.into(), cluster.every("subgrp")),
        ]);
        let access = vec![lower_basic_auth(&self.auth, context.app, lowered)];
        let collection = self.collection.as_ref().map(|it| it.as_str());
        let mut config = Map::new().with("DatabaseName", self.database.as_str());
        config.set_some("CollectionName", collection);
        config.set_some("FullDocument", self.full_document.map(FullDocument::as_str));
        let mut properties = mapping::source_and_function_properties(cluster.arn, context)
            .with(CONFIG, config)
            .with(ACCESS, access)
            .with("StartingPosition", self.start.as_str());
        if let StartingPosition::At(timestamp) = self.start {
            properties.set("StartingPositionTimestamp", Node::from(timestamp.seconds()));
        }
        let size = self.batch_size.map(|size| size.get());
        let size = lower_number(&self.mapping.from_parameters, keys::BATCH_SIZE, size);
        properties.set_some("BatchSize", size);
        mapping::set_properties(&self.mapping, false, &[], context.app, &mut properties);
        let changes = camel_case(collection.unwrap_or(self.database.as_str()));
        let stem = event_stem(&format!("{}{changes}", cluster.name), SAM_EVENT);
        mapping::add_mapping_event(&stem, properties, context, lowered, fold_event);
    }

    fn overlay_resource(&self) -> Option<TriggerOverlayResource<'_>> {
        let ServerReference::Overlay(id) = &self.cluster else { return None };
        Some(TriggerOverlayResource {
            key: "cluster",
            id: id.as_str(),
            kind: ("a DocumentDB cluster", TYPE),
            accepts: |kind| kind == TYPE,
        })
    }

    /// Reports a cluster of version 3.6, whose change streams Lambda does not read.
    fn check_overlay(
        &self,
        entry: &OverlayEntry,
        _context: &TriggerContext<'_>,
    ) -> Option<Message> {
        let PropertyValue::Value(Node::Str(version)) = entry.property(&[VERSION]) else {
            return None;
        };
        version
            .starts_with("3.")
            .then(|| messages::old_documentdb_cluster(version, (&entry.name, &entry.origin)))
    }
}

/// Folds the mapping of a change stream into SAM's event `DocumentDB`.
fn fold_event(event: Event) -> SamEvent {
    let names = [(SOURCE_PROPERTY, "Cluster")];
    source_access::fold_nested_mapping(SAM_EVENT, &[CONFIG], &names, event)
}

/// The cluster of a trigger in a template.
struct Cluster<'a> {
    /// The name in logical ids.
    name: String,
    /// The ARN of the cluster.
    arn: Node,
    /// The parts of the ARN. `None` if the ARN is known only when the stack is deployed; the cluster is then taken to be in
    /// the account and region of the stack.
    parts: Option<ClusterArn<'a>>,
}

impl<'a> Cluster<'a> {
    fn find(cluster: &'a ServerReference) -> Self {
        match cluster {
            // CloudFormation has no attribute with the ARN of a cluster.
            ServerReference::Overlay(id) => {
                let arn = format!(
                    "arn:${{AWS::Partition}}:rds:${{AWS::Region}}:${{AWS::AccountId}}:cluster:${{{id}}}"
                );
                Self { name: id.to_string(), arn: Node::sub(arn), parts: None }
            }
            ServerReference::Arn(arn) => {
                let parts = ClusterArn::parse(arn);
                let name = camel_case(parts.map(|parts| parts.name).unwrap_or_default());
                Self { name, arn: Node::from(arn), parts }
            }
            ServerReference::Param(name) => Self {
                name: camel_case(name.as_str()),
                arn: Node::reference(name.as_str()),
                parts: None,
            },
            ServerReference::Import(export) => Self {
                name: camel_case(export.as_str()),
                arn: source_access::imported(export.as_str()),
                parts: None,
            },
        }
    }

    /// Returns the ARN of every group of this kind in the account and region of the cluster.
    fn every(&self, kind: &str) -> Node {
        match self.parts {
            Some(ClusterArn { partition, region, account, .. }) => {
                Node::from(format!("arn:{partition}:rds:{region}:{account}:{kind}:*"))
            }
            None => Node::sub(format!(
                "arn:${{AWS::Partition}}:rds:${{AWS::Region}}:${{AWS::AccountId}}:{kind}:*"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::stack::Stack;
    use crate::testing::stack_from_source;

    const ARN: &str = "arn:aws:rds:eu-west-1:123456789012:cluster:shop";
    const SECRET: &str = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:login-AbCdEf";

    fn stack_with(arguments: &str) -> Stack {
        stack_from_source(&format!(
            "#[function(trigger = documentdb(secret = {SECRET:?}, {arguments}))]\nasync fn take(event: DocumentDbEvent) -> Result<(), Error> {{ Ok(()) }}"
        ))
    }

    #[test]
    fn every_setting_of_a_trigger_sets_a_property_of_its_mapping() {
        let stack = stack_with(&format!(
            "cluster = {ARN:?}, database = \"store\", collection = \"orders\", full_document = update_lookup, start = \"2026-01-01T00:00:00Z\", batch_size = 7, batch_window = \"5s\", enabled = false"
        ));
        assert_eq!(
            *stack.resource("TakeShopOrders").properties(),
            json!({
                "EventSourceArn": ARN,
                "FunctionName": { "Ref": "Take" },
                "DocumentDBEventSourceConfig": {
                    "DatabaseName": "store",
                    "CollectionName": "orders",
                    "FullDocument": "UpdateLookup",
                },
                "SourceAccessConfigurations": [{ "Type": "BASIC_AUTH", "URI": SECRET }],
                "StartingPosition": "AT_TIMESTAMP",
                "StartingPositionTimestamp": 1_767_225_600,
                "BatchSize": 7,
                "MaximumBatchingWindowInSeconds": 5,
                "Enabled": false,
            })
        );
    }

    #[test]
    fn the_role_allows_the_cluster_and_its_groups() {
        let statements = |stack: &Stack| -> Vec<_> {
            let role = stack.resource("TakeRole");
            let all = role.property("Policies.0.PolicyDocument.Statement");
            let all = all.as_array().unwrap()[1..].iter();
            all.map(|it| json!([it["Action"][0], it["Resource"]])).collect()
        };
        let group = |kind: &str| format!("arn:aws:rds:eu-west-1:123456789012:{kind}:*");
        let known = stack_with(&format!("cluster = {ARN:?}, database = \"store\", start = latest"));
        assert_eq!(
            statements(&known),
            [
                json!(["rds:DescribeDBClusters", [ARN]]),
                json!(["rds:DescribeDBClusterParameters", [group("cluster-pg")]]),
                json!(["rds:DescribeDBSubnetGroups", [group("subgrp")]]),
                json!(["ec2:CreateNetworkInterface", ["*"]]),
                json!(["secretsmanager:GetSecretValue", [SECRET]]),
            ]
        );
        let stack = stack_with(
            "cluster = param(\"Db\"), database = \"store\", start = latest, secret_key = param(\"Key\")",
        );
        let found = statements(&stack);
        let group = "arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:subgrp:*";
        assert_eq!(found[0], json!(["rds:DescribeDBClusters", [{ "Ref": "Db" }]]));
        assert_eq!(found[2][1], json!([{ "Fn::Sub": group }]));
        assert_eq!(found[5], json!(["kms:Decrypt", [{ "Ref": "Key" }]]));
        assert_eq!(stack.resource("TakeDbStore").property("StartingPosition"), "LATEST");
    }

    #[test]
    fn sams_event_has_the_database_as_a_property() {
        let mut stack =
            stack_with("cluster = import(\"shop-db\"), database = \"store\", start = trim_horizon");
        let event = stack.functions[0].events.remove(0);
        assert_eq!(event.name, "ShopDbStore");
        let sam = (event.fold)(event);
        assert_eq!(sam.kind, "DocumentDB");
        assert_eq!(
            serde_json::to_value(&sam.properties).unwrap(),
            json!({
                "Cluster": { "Fn::ImportValue": "shop-db" },
                "DatabaseName": "store",
                "SourceAccessConfigurations": [{ "Type": "BASIC_AUTH", "URI": SECRET }],
                "StartingPosition": "TRIM_HORIZON",
            })
        );
    }
}
