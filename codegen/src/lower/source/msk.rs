//! Lowers a trigger on a topic of a cluster of Amazon MSK to an event source mapping, which is folded into SAM's event
//! `MSK`, and to the calls that Lambda makes to the cluster.
// See decision 0110.

use skylift_model::aws::mapping::kafka::KafkaDestination;
use skylift_model::aws::mapping::kafka_access::KafkaAuth;
use skylift_model::aws::mapping::secret_access::{ServerReference, VPC_ACTIONS};
use skylift_model::aws::node::{Map, Node};
use skylift_model::source::msk::{
    CLUSTER_ACTIONS, CONNECTION_ACTIONS, ClusterArn, IAM_CLUSTER_ACTIONS, IAM_DESTINATION_ACTIONS,
    IAM_GROUP_ACTIONS, IAM_TOPIC_ACTIONS, Msk, SCRAM_ACTIONS,
};

use super::mapping::{self, SOURCE_PROPERTY};
use super::trigger::{
    LowerTrigger, LoweredTriggers, RoleCalls, TriggerContext, TriggerOverlayResource, event_stem,
};
use super::{source_access, topic_mapping};
use crate::lower::text::camel_case;
use crate::stack::{Event, SamEvent};

/// SAM's event type for a topic of MSK. It is also the name of an event if neither name has a letter or digit.
const SAM_EVENT: &str = "MSK";

/// The CloudFormation types of a cluster.
const TYPES: &[&str] = &["AWS::MSK::Cluster", "AWS::MSK::ServerlessCluster"];

/// The property of a mapping with the consumer group and the schema registry.
const CONFIG: &str = "AmazonManagedKafkaEventSourceConfig";

/// The consumer groups whose id Lambda chooses.
const ANY_GROUP: &str = "*";

impl LowerTrigger for Msk {
    fn lower(&self, context: &TriggerContext<'_>, lowered: &mut LoweredTriggers) {
        let cluster = Cluster::find(&self.cluster);
        let access = topic_mapping::lower_credentials(&self.credentials, context.app, lowered);
        source_access::add_secret_key(self.credentials.secret_key.as_ref(), context.app, lowered);
        lowered.add_calls(cluster_calls(self, &cluster));
        let source = Map::new().with(SOURCE_PROPERTY, cluster.source.clone());
        let mut properties =
            topic_mapping::first_properties(source, access, &self.mapping, context);
        topic_mapping::add_properties(&self.mapping, CONFIG, context, &mut properties, lowered);
        let topic = camel_case(self.mapping.topic.as_str());
        let stem = event_stem(&format!("{}{topic}", cluster.name), SAM_EVENT);
        mapping::add_mapping_event(&stem, properties, context, lowered, fold_event);
    }

    fn overlay_resource(&self) -> Option<TriggerOverlayResource<'_>> {
        let ServerReference::Overlay(id) = &self.cluster else { return None };
        Some(TriggerOverlayResource {
            key: "cluster",
            id: id.as_str(),
            kind: ("an MSK cluster", TYPES[0]),
            accepts: |kind| TYPES.contains(&kind),
        })
    }
}

/// Folds the mapping of a topic into SAM's event `MSK`.
fn fold_event(event: Event) -> SamEvent {
    let names = [(SOURCE_PROPERTY, "Stream")];
    source_access::fold_nested_mapping(SAM_EVENT, &[CONFIG], &names, event)
}

/// The cluster of a trigger in a template.
struct Cluster<'a> {
    /// The name in logical ids.
    name: String,
    /// The event source: the ARN of the cluster, or of the VPC connection.
    source: Node,
    /// The parts of the ARN. `None` if the ARN is known only when the stack is deployed.
    parts: Option<ClusterArn<'a>>,
}

impl<'a> Cluster<'a> {
    fn find(cluster: &'a ServerReference) -> Self {
        match cluster {
            ServerReference::Overlay(id) => {
                Self { name: id.to_string(), source: Node::reference(id.as_str()), parts: None }
            }
            ServerReference::Arn(arn) => {
                let parts = ClusterArn::parse(arn);
                let name = camel_case(parts.map(|parts| parts.name).unwrap_or_default());
                Self { name, source: Node::from(arn), parts }
            }
            ServerReference::Param(name) => Self {
                name: camel_case(name.as_str()),
                source: Node::reference(name.as_str()),
                parts: None,
            },
            ServerReference::Import(export) => Self {
                name: camel_case(export.as_str()),
                source: source_access::imported(export.as_str()),
                parts: None,
            },
        }
    }

    /// Returns the ARN of a part of the cluster: `kind` is `topic` or `group`, and `name` is the name of the part. For
    /// `cluster` there is no name.
    fn part_arn(&self, kind: &str, name: &str) -> Node {
        let end = if name.is_empty() { String::new() } else { format!("/{name}") };
        match self.parts {
            Some(ClusterArn { partition, region, account, name, id }) => {
                let id = id.unwrap_or("*");
                format!("arn:{partition}:kafka:{region}:{account}:{kind}/{name}/{id}{end}").into()
            }
            None if kind == "cluster" => self.source.clone(),
            None => {
                let text = format!(
                    "arn:${{AWS::Partition}}:kafka:${{AWS::Region}}:${{AWS::AccountId}}:{kind}/${{Cluster}}{end}"
                );
                let split = vec![Node::from(":cluster/"), self.source.clone()];
                let split = Node::Tag("Split", Box::new(Node::Seq(split)));
                let path = Node::Tag("Select", Box::new(Node::Seq(vec![Node::from(1_u32), split])));
                let variables = Map::new().with("Cluster", path);
                Node::Tag("Sub", Box::new(Node::Seq(vec![Node::from(text), variables.into()])))
            }
        }
    }
}

/// Returns the calls that Lambda makes to a cluster with the function's role.
fn cluster_calls(msk: &Msk, cluster: &Cluster<'_>) -> RoleCalls {
    let whole = || cluster.part_arn("cluster", "");
    let mut calls: RoleCalls = vec![(CLUSTER_ACTIONS.into(), whole())];
    if cluster.parts.is_some_and(|arn| arn.is_connection()) {
        calls.push((CONNECTION_ACTIONS.into(), cluster.source.clone()));
    }
    calls.push((VPC_ACTIONS.into(), Node::from("*")));
    match msk.auth() {
        KafkaAuth::Scram512 => calls.push((SCRAM_ACTIONS.into(), whole())),
        KafkaAuth::Iam => {
            let group = msk.mapping.consumer_group.as_ref().map_or(ANY_GROUP, |id| id.as_str());
            let topic = msk.mapping.topic.as_str();
            calls.push((IAM_CLUSTER_ACTIONS.into(), whole()));
            calls.push((IAM_TOPIC_ACTIONS.into(), cluster.part_arn("topic", topic)));
            calls.push((IAM_GROUP_ACTIONS.into(), cluster.part_arn("group", group)));
            let lost = msk.mapping.on_failure.as_ref().and_then(KafkaDestination::topic);
            calls.extend(lost.map(|lost| {
                (IAM_DESTINATION_ACTIONS.into(), cluster.part_arn("topic", lost.as_str()))
            }));
        }
        _ => {}
    }
    calls
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::stack::Stack;
    use crate::testing::stack_from_source;

    const ARN: &str = "arn:aws:kafka:eu-west-1:123456789012:cluster/shop/0a-1";

    fn stack_with(arguments: &str) -> Stack {
        stack_from_source(&format!(
            "#[function(trigger = msk(topic = \"orders\", start = latest, {arguments}))]\nasync fn take(event: KafkaEvent) -> Result<(), Error> {{ Ok(()) }}"
        ))
    }

    #[test]
    fn the_mapping_has_the_topic_and_no_partial_responses_without_pollers() {
        let stack = stack_with(&format!("cluster = {ARN:?}"));
        let mapping = stack.resource("TakeShopOrders");
        assert_eq!(
            *mapping.properties(),
            json!({
                "EventSourceArn": ARN,
                "FunctionName": { "Ref": "Take" },
                "Topics": ["orders"],
                "StartingPosition": "LATEST",
            })
        );
        let mapping = stack_with(&format!(
            "cluster = {ARN:?}, pollers(max = 4), retries = 3, on_failure = \"kafka://lost\", consumer_group = \"billing\""
        ))
        .resource("TakeShopOrders");
        assert_eq!(mapping.property("FunctionResponseTypes"), json!(["ReportBatchItemFailures"]));
        assert_eq!(mapping.property("BisectBatchOnFunctionError"), true);
        assert_eq!(mapping.property("ProvisionedPollerConfig"), json!({ "MaximumPollers": 4 }));
        assert_eq!(
            mapping.property("AmazonManagedKafkaEventSourceConfig"),
            json!({ "ConsumerGroupId": "billing" })
        );
        assert_eq!(mapping.property("DestinationConfig.OnFailure.Destination"), "kafka://lost");
    }

    #[test]
    fn sams_event_has_the_consumer_group_as_a_property() {
        let mut stack = stack_with(&format!("cluster = {ARN:?}, consumer_group = \"billing\""));
        let event = stack.functions[0].events.remove(0);
        let sam = (event.fold)(event);
        assert_eq!(sam.kind, "MSK");
        assert_eq!(
            serde_json::to_value(&sam.properties).unwrap(),
            json!({
                "Stream": ARN,
                "Topics": ["orders"],
                "StartingPosition": "LATEST",
                "ConsumerGroupId": "billing",
            })
        );
    }

    /// Returns the statements of the role that allow actions of this service, each as its actions and resources.
    fn statements(stack: &Stack, service: &str) -> Vec<serde_json::Value> {
        let role = stack.resource("TakeRole");
        let all = role.property("Policies.0.PolicyDocument.Statement");
        let is_of_service = |it: &serde_json::Value| {
            it["Action"][0].as_str().unwrap().starts_with(&format!("{service}:"))
        };
        let wanted = all.as_array().unwrap().iter().filter(|it| is_of_service(it));
        wanted.map(|it| json!([it["Action"], it["Resource"]])).collect()
    }

    #[test]
    fn the_role_allows_iam_on_the_cluster_the_topic_and_the_group() {
        let part = |kind: &str, name: &str| {
            json!([format!("arn:aws:kafka:eu-west-1:123456789012:{kind}/shop/0a-1{name}")])
        };
        let stack = stack_with(&format!("cluster = {ARN:?}"));
        assert_eq!(
            statements(&stack, "kafka-cluster"),
            [
                json!([
                    ["kafka-cluster:Connect", "kafka-cluster:DescribeClusterDynamicConfiguration"],
                    part("cluster", "")
                ]),
                json!([
                    ["kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"],
                    part("topic", "/orders")
                ]),
                json!([
                    ["kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"],
                    part("group", "/*")
                ]),
            ]
        );
        let none = stack_with(&format!("cluster = {ARN:?}, auth = none"));
        assert!(statements(&none, "kafka-cluster").is_empty());
        assert_eq!(
            statements(&none, "kafka"),
            [json!([
                ["kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers"],
                part("cluster", "")
            ])]
        );
    }

    #[test]
    fn a_cluster_of_a_parameter_has_its_parts_by_reference() {
        let stack = stack_with("cluster = param(\"ClusterArn\"), consumer_group = \"billing\"");
        let path =
            json!({ "Fn::Select": [1, { "Fn::Split": [":cluster/", { "Ref": "ClusterArn" }] }] });
        let arn =
            "arn:${AWS::Partition}:kafka:${AWS::Region}:${AWS::AccountId}:group/${Cluster}/billing";
        assert_eq!(
            statements(&stack, "kafka-cluster")[2][1],
            json!([{ "Fn::Sub": [arn, { "Cluster": path }] }])
        );
        assert_eq!(
            stack.resource("TakeClusterArnOrders").property("EventSourceArn"),
            json!({ "Ref": "ClusterArn" })
        );
    }

    #[test]
    fn a_cluster_of_another_stack_is_imported() {
        let stack = stack_with("cluster = import(\"shop-cluster\"), auth = none");
        let imported = json!({ "Fn::ImportValue": "shop-cluster" });
        assert_eq!(statements(&stack, "kafka")[0][1], json!([imported]));
        let mapping = stack.resource("TakeShopClusterOrders");
        assert_eq!(mapping.property("EventSourceArn"), imported);
    }

    #[test]
    fn a_connection_is_described_and_its_cluster_is_found_by_name() {
        let arn = "arn:aws:kafka:eu-west-1:123456789012:vpc-connection/210987654321/shop/0a-1";
        let stack = stack_with(&format!("cluster = {arn:?}"));
        let found = statements(&stack, "kafka");
        let cluster = "arn:aws:kafka:eu-west-1:210987654321:cluster/shop/*";
        assert_eq!(found[0][1], json!([cluster]));
        assert_eq!(found[1], json!([["kafka:DescribeVpcConnection"], [arn]]));
    }
}
