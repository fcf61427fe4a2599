//! Lowers a trigger on a topic of a self-managed Kafka cluster to an event source mapping, which is folded into SAM's
//! event `SelfManagedKafka`, and to the calls that Lambda makes with the function's role.

use skylift_model::aws::mapping::kafka_access::KafkaAuth;
use skylift_model::aws::mapping::secret_access::VPC_ACTIONS;
use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::value::CfnValue;
use skylift_model::source::kafka::{Kafka, TOKEN_ACTIONS};

use super::mapping;
use super::source_access::{self, access_entry};
use super::topic_mapping;
use super::trigger::{LowerTrigger, LoweredTriggers, TriggerContext, event_stem};
use crate::lower::value::lower_value;
use crate::stack::{Event, SamEvent};

/// SAM's event type for a topic of a self-managed cluster. It is also the name of an event if the topic's name has no
/// letter or digit.
const SAM_EVENT: &str = "SelfManagedKafka";

/// The property of a mapping with the consumer group and the schema registry.
const CONFIG: &str = "SelfManagedKafkaEventSourceConfig";

/// The property of a mapping with the cluster, and its parts.
const CLUSTER: &str = "SelfManagedEventSource";
const ENDPOINTS: &str = "Endpoints";
const SERVERS: &str = "KafkaBootstrapServers";

impl LowerTrigger for Kafka {
    fn lower(&self, context: &TriggerContext<'_>, lowered: &mut LoweredTriggers) {
        let values = |list: &[CfnValue]| -> Vec<Node> {
            list.iter().map(|value| lower_value(value, context.app)).collect()
        };
        let access = self.lower_access(&values, context, lowered);
        let endpoints = Map::new().with(SERVERS, values(&self.servers));
        let source = Map::new().with(CLUSTER, Map::new().with(ENDPOINTS, endpoints));
        let mut properties =
            topic_mapping::first_properties(source, access, &self.mapping, context);
        topic_mapping::add_properties(&self.mapping, CONFIG, context, &mut properties, lowered);
        let stem = event_stem(self.mapping.topic.as_str(), SAM_EVENT);
        mapping::add_mapping_event(&stem, properties, context, lowered, fold_event);
    }
}

/// Lowers how Lambda reaches a cluster.
trait LowerAccess {
    /// Returns the entries of `SourceAccessConfigurations`, and adds the calls that Lambda makes for them.
    fn lower_access(
        &self,
        values: &dyn Fn(&[CfnValue]) -> Vec<Node>,
        context: &TriggerContext<'_>,
        lowered: &mut LoweredTriggers,
    ) -> Vec<Node>;
}

impl LowerAccess for Kafka {
    fn lower_access(
        &self,
        values: &dyn Fn(&[CfnValue]) -> Vec<Node>,
        context: &TriggerContext<'_>,
        lowered: &mut LoweredTriggers,
    ) -> Vec<Node> {
        let app = context.app;
        let mut access = topic_mapping::lower_credentials(&self.credentials, app, lowered);
        if let Some(auth) = self.credentials.auth.filter(|auth| !auth.has_secret()) {
            let kind = auth.type_name().unwrap_or_default();
            access.push(Map::new().with("Type", kind).into());
            if auth == KafkaAuth::IamOauthBearer {
                lowered.add_calls(vec![(TOKEN_ACTIONS.into(), Node::from("*"))]);
            }
        }
        access.extend(self.oauth.values().map(|(_, name, _, it)| access_entry(name, it.into())));
        if let Some(ca) = &self.ca {
            let uri = source_access::secret_uri(ca, app);
            access.push(access_entry("SERVER_ROOT_CA_CERTIFICATE", uri));
            lowered.add_calls(source_access::secret_calls(ca, app));
        }
        source_access::add_secret_key(self.credentials.secret_key.as_ref(), app, lowered);
        let in_vpc = [
            ("VPC_SUBNET", "subnet:", &self.subnets),
            ("VPC_SECURITY_GROUP", "security_group:", &self.security_groups),
        ];
        for (kind, prefix, list) in in_vpc {
            let ids = values(list).into_iter();
            access.extend(ids.map(|id| access_entry(kind, prepend(prefix, id))));
        }
        if !self.subnets.is_empty() {
            lowered.add_calls(vec![(VPC_ACTIONS.into(), Node::from("*"))]);
        }
        access
    }
}

/// Returns an id with a text before it.
fn prepend(prefix: &str, id: Node) -> Node {
    match id {
        Node::Str(id) => Node::from(format!("{prefix}{id}")),
        other => {
            let text = Node::from(format!("{prefix}${{Id}}"));
            let variables = Map::new().with("Id", other);
            Node::Tag("Sub", Box::new(Node::Seq(vec![text, variables.into()])))
        }
    }
}

/// Folds the mapping of a topic into SAM's event `SelfManagedKafka`.
fn fold_event(event: Event) -> SamEvent {
    let folded = source_access::fold_nested_mapping(SAM_EVENT, &[CONFIG, CLUSTER], &[], event);
    let mut properties = Map::new();
    for (key, value) in folded.properties {
        match value {
            Node::Map(endpoints) if key == ENDPOINTS => {
                for (key, value) in endpoints {
                    properties.push(key, value);
                }
            }
            value => properties.push(key, value),
        }
    }
    SamEvent { properties, ..folded }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::stack::Stack;
    use crate::testing::stack_from_source;

    fn stack_with(arguments: &str) -> Stack {
        stack_from_source(&format!(
            "#[resource(secret)]\npub struct Credentials;\n#[function(trigger = kafka(servers = [\"a:9092\", param(\"Broker\")], topic = \"orders\", start = trim_horizon, {arguments}))]\nasync fn take(event: KafkaEvent) -> Result<(), Error> {{ Ok(()) }}"
        ))
    }

    fn access(arguments: &str) -> Value {
        stack_with(arguments).resource("TakeOrders").property("SourceAccessConfigurations")
    }

    #[test]
    fn the_mapping_has_the_servers_and_the_credentials() {
        let stack = stack_with("auth = scram_512, secret = Credentials");
        let mapping = stack.resource("TakeOrders");
        assert_eq!(
            *mapping.properties(),
            json!({
                "SelfManagedEventSource": {
                    "Endpoints": { "KafkaBootstrapServers": ["a:9092", { "Ref": "Broker" }] },
                },
                "FunctionName": { "Ref": "Take" },
                "Topics": ["orders"],
                "StartingPosition": "TRIM_HORIZON",
                "SourceAccessConfigurations": [
                    { "Type": "SASL_SCRAM_512_AUTH", "URI": { "Ref": "Credentials" } },
                ],
            })
        );
        let role = stack.resource("TakeRole").property("Policies.0.PolicyDocument.Statement.1");
        assert_eq!(
            role,
            json!({
                "Effect": "Allow",
                "Action": ["secretsmanager:GetSecretValue"],
                "Resource": [{ "Ref": "Credentials" }],
            })
        );
    }

    #[test]
    fn sams_event_has_the_servers_as_a_property() {
        let mut stack = stack_with("auth = iam, consumer_group = \"billing\"");
        let event = stack.functions[0].events.remove(0);
        let sam = (event.fold)(event);
        assert_eq!(sam.kind, "SelfManagedKafka");
        assert_eq!(
            serde_json::to_value(&sam.properties).unwrap(),
            json!({
                "KafkaBootstrapServers": ["a:9092", { "Ref": "Broker" }],
                "Topics": ["orders"],
                "StartingPosition": "TRIM_HORIZON",
                "SourceAccessConfigurations": [{ "Type": "IAM_AUTH" }],
                "ConsumerGroupId": "billing",
            })
        );
    }

    #[test]
    fn lambda_reaches_a_cluster_in_subnets_and_with_a_token() {
        let id = |text: &str, name: &str| json!({ "Fn::Sub": [text, { "Id": { "Ref": name } }] });
        assert_eq!(
            access(
                "subnets = [\"subnet-0a\", param(\"Subnet\")], security_groups = param(\"Group\")"
            ),
            json!([
                { "Type": "VPC_SUBNET", "URI": "subnet:subnet-0a" },
                { "Type": "VPC_SUBNET", "URI": id("subnet:${Id}", "Subnet") },
                { "Type": "VPC_SECURITY_GROUP", "URI": id("security_group:${Id}", "Group") },
            ])
        );
        assert_eq!(
            access("auth = iam_oauth_bearer, oauth_audience = \"brokers\""),
            json!([
                { "Type": "IAM_OAUTHBEARER_AUTH" },
                { "Type": "OAUTHBEARER_AUDIENCE", "URI": "brokers" },
            ])
        );
        assert_eq!(
            access(
                "auth = oauth_bearer, secret = Credentials, oauth_scope = \"a\", oauth_logical_cluster = \"b\", oauth_identity_pool = \"c\""
            ),
            json!([
                { "Type": "OAUTHBEARER_AUTH", "URI": { "Ref": "Credentials" } },
                { "Type": "OAUTHBEARER_SCOPE", "URI": "a" },
                { "Type": "OAUTHBEARER_LOGICAL_CLUSTER", "URI": "b" },
                { "Type": "OAUTHBEARER_IDENTITY_POOL", "URI": "c" },
            ])
        );
        let token = stack_with("auth = iam_oauth_bearer, oauth_audience = \"brokers\"");
        let role = token.resource("TakeRole").property("Policies.0.PolicyDocument.Statement.1");
        assert_eq!(role["Action"], json!(["sts:GetWebIdentityToken"]));
    }
}
