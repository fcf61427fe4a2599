//! Lowers a trigger on a queue of a broker of Amazon MQ to an event source mapping, which is folded into SAM's event `MQ`,
//! and to the calls that Lambda makes with the function's role.
// See decision 0118.

use skylift_model::aws::mapping::keys;
use skylift_model::aws::mapping::secret_access::ServerReference;
use skylift_model::aws::node::Node;
use skylift_model::message::Message;
use skylift_model::source::mq::{BROKER_ACTIONS, Mq, VIRTUAL_HOST, broker_name};

use super::mapping::{self, SOURCE_PROPERTY};
use super::source_access::{self, ACCESS, access_entry, lower_basic_auth};
use super::trigger::{
    LowerTrigger, LoweredTriggers, TriggerContext, TriggerOverlayResource, event_stem,
};
use crate::lower::number::lower_number;
use crate::lower::text::{camel_case, text_nodes};
use crate::messages;
use crate::overlay::{OverlayEntry, PropertyValue};
use crate::stack::{Event, SamEvent};

/// SAM's event type for a queue of a broker. It is also the name of an event if neither name has a letter or digit.
const SAM_EVENT: &str = "MQ";

/// The CloudFormation type of a broker.
const TYPE: &str = "AWS::AmazonMQ::Broker";

/// The property of a broker with its kind, and the kind that has no virtual hosts.
const ENGINE: &str = "EngineType";
const ACTIVE_MQ: &str = "ACTIVEMQ";

impl LowerTrigger for Mq {
    fn lower(&self, context: &TriggerContext<'_>, lowered: &mut LoweredTriggers) {
        let (name, broker) = find_broker(&self.broker);
        lowered.add_calls(vec![(BROKER_ACTIONS.into(), broker.clone())]);
        let mut access = vec![lower_basic_auth(&self.auth, context.app, lowered)];
        let host = self.virtual_host.as_ref();
        access.extend(host.map(|host| access_entry(VIRTUAL_HOST, Node::from(host.as_str()))));
        let mut properties = mapping::source_and_function_properties(broker, context)
            .with("Queues", text_nodes([self.queue.as_str()]))
            .with(ACCESS, access);
        let size = self.batch_size.map(|size| size.get());
        let size = lower_number(&self.mapping.from_parameters, keys::BATCH_SIZE, size);
        properties.set_some("BatchSize", size);
        mapping::set_properties(&self.mapping, false, &[], context.app, &mut properties);
        let stem = event_stem(&format!("{name}{}", camel_case(self.queue.as_str())), SAM_EVENT);
        mapping::add_mapping_event(&stem, properties, context, lowered, fold_event);
    }

    fn overlay_resource(&self) -> Option<TriggerOverlayResource<'_>> {
        let ServerReference::Overlay(id) = &self.broker else { return None };
        Some(TriggerOverlayResource {
            key: "broker",
            id: id.as_str(),
            kind: ("an Amazon MQ broker", TYPE),
            accepts: |kind| kind == TYPE,
        })
    }

    /// Reports a virtual host of a broker of `ActiveMQ`, which has none.
    fn check_overlay(
        &self,
        entry: &OverlayEntry,
        _context: &TriggerContext<'_>,
    ) -> Option<Message> {
        let host = self.virtual_host.as_ref()?;
        let PropertyValue::Value(Node::Str(engine)) = entry.property(&[ENGINE]) else {
            return None;
        };
        engine.eq_ignore_ascii_case(ACTIVE_MQ).then(|| {
            messages::virtual_host_of_active_mq(host.as_str(), (&entry.name, &entry.origin))
        })
    }
}

/// Returns the name of a broker in logical ids, and its ARN.
fn find_broker(broker: &ServerReference) -> (String, Node) {
    match broker {
        ServerReference::Overlay(id) => (id.to_string(), Node::attribute(id.as_str(), "Arn")),
        ServerReference::Arn(arn) => {
            (camel_case(broker_name(arn).unwrap_or_default()), Node::from(arn))
        }
        ServerReference::Param(name) => (camel_case(name.as_str()), Node::reference(name.as_str())),
        ServerReference::Import(export) => {
            (camel_case(export.as_str()), source_access::imported(export.as_str()))
        }
    }
}

/// Folds the mapping of a queue into SAM's event `MQ`.
fn fold_event(event: Event) -> SamEvent {
    source_access::fold_nested_mapping(SAM_EVENT, &[], &[(SOURCE_PROPERTY, "Broker")], event)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::stack::Stack;
    use crate::testing::stack_from_source;

    const ARN: &str = "arn:aws:mq:eu-west-1:123456789012:broker:shop:b-0a-1";
    const SECRET: &str = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:login-AbCdEf";

    fn stack_with(arguments: &str) -> Stack {
        stack_from_source(&format!(
            "#[function(trigger = mq(queue = \"new.orders\", {arguments}))]\nasync fn take(event: MqEvent) -> Result<(), Error> {{ Ok(()) }}"
        ))
    }

    #[test]
    fn the_mapping_has_the_queue_and_the_secret_and_no_partial_responses() {
        let stack = stack_with(&format!("broker = {ARN:?}, secret = {SECRET:?}"));
        let mapping = stack.resource("TakeShopNewOrders");
        assert_eq!(
            *mapping.properties(),
            json!({
                "EventSourceArn": ARN,
                "FunctionName": { "Ref": "Take" },
                "Queues": ["new.orders"],
                "SourceAccessConfigurations": [{ "Type": "BASIC_AUTH", "URI": SECRET }],
            })
        );
    }

    #[test]
    fn every_setting_of_a_trigger_sets_a_property_of_its_mapping() {
        let stack = stack_with(&format!(
            "broker = param(\"Broker\"), secret = {SECRET:?}, virtual_host = \"tenant\", batch_size = 7, batch_window = \"5s\", enabled = false, filters = {{ \"data\": [\"a\"] }}, kms_key = param(\"Key\")"
        ));
        let mapping = stack.resource("TakeBrokerNewOrders");
        for (path, value) in [
            ("EventSourceArn", json!({ "Ref": "Broker" })),
            ("SourceAccessConfigurations.1", json!({ "Type": "VIRTUAL_HOST", "URI": "tenant" })),
            ("BatchSize", json!(7)),
            ("MaximumBatchingWindowInSeconds", json!(5)),
            ("Enabled", json!(false)),
            ("FilterCriteria.Filters.0.Pattern", json!("{\"data\":[\"a\"]}")),
            ("KmsKeyArn", json!({ "Ref": "Key" })),
        ] {
            assert_eq!(mapping.property(path), value, "{path}");
        }
    }

    #[test]
    fn the_role_allows_the_broker_the_network_the_secret_and_its_key() {
        let stack = stack_with(&format!(
            "broker = import(\"shop-broker\"), secret = {SECRET:?}, secret_key = param(\"Key\")"
        ));
        let role = stack.resource("TakeRole");
        let statements = role.property("Policies.0.PolicyDocument.Statement");
        let found: Vec<_> = statements.as_array().unwrap()[1..]
            .iter()
            .map(|it| json!([it["Action"][0], it["Resource"]]))
            .collect();
        assert_eq!(
            found,
            [
                json!(["mq:DescribeBroker", [{ "Fn::ImportValue": "shop-broker" }]]),
                json!(["ec2:CreateNetworkInterface", ["*"]]),
                json!(["secretsmanager:GetSecretValue", [SECRET]]),
                json!(["kms:Decrypt", [{ "Ref": "Key" }]]),
            ]
        );
    }

    #[test]
    fn sams_event_has_the_broker_and_the_queue() {
        let mut stack = stack_with(&format!("broker = {ARN:?}, secret = {SECRET:?}"));
        let event = stack.functions[0].events.remove(0);
        let sam = (event.fold)(event);
        assert_eq!(sam.kind, "MQ");
        assert_eq!(
            serde_json::to_value(&sam.properties).unwrap(),
            json!({
                "Broker": ARN,
                "Queues": ["new.orders"],
                "SourceAccessConfigurations": [{ "Type": "BASIC_AUTH", "URI": SECRET }],
            })
        );
    }
}
