//! Lowers a trigger on a topic to a subscription with its permission, which are folded into SAM's event `SNS`.

use skylift_model::App;
use skylift_model::aws::arn::Arn;
use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::value::ResourceReference;
use skylift_model::resource::{Existing, ResourceKind};
use skylift_model::source::sns::{FilterScope, Sns};

use super::dead_letters::lower_dead_letters;
use super::trigger::{
    LowerTrigger, LoweredTriggers, ResourceRequirements, TriggerContext, undeclared_source,
};
use crate::lower::{invoke, resource};
use crate::stack::{Event, Resource, SamEvent};

/// SAM's event type for a topic. It is also the name of an event if the topic's name has no letter or digit.
const SAM_EVENT: &str = "SNS";

/// The service that invokes the function and sends to the dead-letter queue.
pub(in crate::lower) const SERVICE: &str = "sns.amazonaws.com";

impl LowerTrigger for Sns {
    fn lower(&self, context: &TriggerContext<'_>, lowered: &mut LoweredTriggers) {
        let Some((stem, topic)) = lower_topic(self, context.app) else { return };
        let name = lowered.unique_name(&stem);
        let id = format!("{}{name}", context.function.id);
        let subscription = Resource::new(
            id.as_str(),
            "AWS::SNS::Subscription",
            context.event_owner(&name),
            subscription_properties(
                self,
                topic.clone(),
                ("lambda", invoke::target_arn(context.function)),
                context.app,
                &mut lowered.requirements,
            ),
        );
        let permission = Resource::new(
            format!("{id}Permission"),
            "AWS::Lambda::Permission",
            context.event_owner(&name),
            invoke::permission_properties(invoke::target_reference(context.function), SERVICE)
                .with("SourceArn", topic),
        );
        lowered.add_event(name, vec![subscription, permission], fold_event);
    }
}

/// Returns the part of a logical id that names the topic, and the ARN of the topic. Returns `None` if the application has
/// no such topic.
pub(in crate::lower) fn lower_topic(sns: &Sns, app: &App) -> Option<(String, Node)> {
    match &sns.topic {
        ResourceReference::Declared(ident) => {
            let declared = app.resource(ident)?;
            // Not named after the function's own topic: SAM would concatenate function and event to the topic's id.
            let is_own = declared.owner.is_some();
            let stem = if is_own { "Notifications" } else { declared.id.as_str() };
            Some((stem.to_owned(), resource::resource_arn(declared)))
        }
        other => undeclared_source(other, ResourceKind::Topic, SAM_EVENT),
    }
}

/// Returns the properties of a subscription to `topic`; `(protocol, endpoint)` is what is subscribed. Adds to
/// `requirements` what the dead-letter queue of the subscription has to permit.
pub(in crate::lower) fn subscription_properties(
    sns: &Sns,
    topic: Node,
    (protocol, endpoint): (&str, Node),
    app: &App,
    requirements: &mut Vec<(String, ResourceRequirements)>,
) -> Map {
    let mut properties = Map::new()
        .with("Endpoint", endpoint)
        .with("Protocol", protocol)
        .with("TopicArn", topic.clone());
    properties.set_some("Region", region(sns, app));
    properties.set_some("FilterPolicy", sns.filter.clone());
    properties.set_some("FilterPolicyScope", sns.filter_scope.map(FilterScope::as_str));
    let queue = sns
        .dead_letters
        .as_ref()
        .and_then(|queue| lower_dead_letters(queue, SERVICE, topic, app, requirements));
    properties.set_some(
        "RedrivePolicy",
        queue.map(|queue| Map::new().with("deadLetterTargetArn", queue)),
    );
    properties
}

/// Returns the region of an existing topic whose ARN is known, which may be another one than that of the stack.
fn region(sns: &Sns, app: &App) -> Option<String> {
    let arn = match &sns.topic {
        ResourceReference::Arn(arn) => arn,
        ResourceReference::Declared(ident) => match &app.resource(ident)?.existing {
            Some(Existing::Arn(arn)) => arn,
            _ => return None,
        },
        _ => return None,
    };
    Arn::parse(arn).map(|arn| arn.region.to_owned())
}

/// Folds a subscription into SAM's event `SNS`.
fn fold_event(event: Event) -> SamEvent {
    let mut properties = Map::new();
    let subscription = event.resources.into_iter().next();
    for (key, value) in subscription.into_iter().flat_map(|it| it.properties) {
        match key.as_str() {
            "Endpoint" | "Protocol" => {}
            "TopicArn" => properties.push("Topic", value),
            _ => properties.push(key, value),
        }
    }
    SamEvent { kind: SAM_EVENT, properties }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::stack::Stack;
    use crate::testing::stack_from_source;

    fn stack_with_trigger(trigger: &str) -> Stack {
        stack_from_source(&format!(
            "#[resource(topic)]\npub struct News;\n#[resource(queue)]\npub struct Lost;\n#[function(trigger = {trigger})]\nasync fn take(event: SnsEvent) -> Result<(), Error> {{ Ok(()) }}"
        ))
    }

    #[test]
    fn a_topic_is_subscribed_and_alone_may_invoke_the_function() {
        let stack = stack_with_trigger("sns(topic = News)");
        let subscription = stack.resource("TakeNews");
        assert_eq!(subscription.kind(), "AWS::SNS::Subscription");
        assert_eq!(
            *subscription.properties(),
            json!({
                "Endpoint": { "Fn::GetAtt": "Take.Arn" },
                "Protocol": "lambda",
                "TopicArn": { "Ref": "News" },
            })
        );
        let permission = stack.resource("TakeNewsPermission");
        assert_eq!(
            *permission.properties(),
            json!({
                "Action": "lambda:InvokeFunction",
                "FunctionName": { "Ref": "Take" },
                "Principal": "sns.amazonaws.com",
                "SourceArn": { "Ref": "News" },
            })
        );
    }

    #[test]
    fn every_setting_sets_a_property_of_the_subscription() {
        let stack = stack_with_trigger(
            "sns(topic = News, filter = { \"a\": { \"b\": [1] } }, filter_scope = message_body, dead_letters = Lost)",
        );
        let subscription = stack.resource("TakeNews");
        assert_eq!(subscription.property("FilterPolicy"), json!({ "a": { "b": [1] } }));
        assert_eq!(subscription.property("FilterPolicyScope"), "MessageBody");
        let queue = json!({ "Fn::GetAtt": "Lost.Arn" });
        assert_eq!(subscription.property("RedrivePolicy.deadLetterTargetArn"), queue);
        let statements = stack.resource("LostPolicy").property("PolicyDocument.Statement");
        assert_eq!(
            statements[1],
            json!({
                "Effect": "Allow",
                "Principal": { "Service": "sns.amazonaws.com" },
                "Action": "sqs:SendMessage",
                "Condition": { "ArnEquals": { "aws:SourceArn": { "Ref": "News" } } },
                "Resource": [queue],
            })
        );
    }

    #[test]
    fn a_topic_of_its_own_is_created() {
        let stack = stack_with_trigger("sns");
        assert_eq!(stack.resource("TakeTopic").kind(), "AWS::SNS::Topic");
        let subscription = stack.resource("TakeNotifications");
        assert_eq!(subscription.property("TopicArn"), json!({ "Ref": "TakeTopic" }));
    }

    #[test]
    fn the_region_of_a_known_arn_is_that_of_the_subscription() {
        let arn = "arn:aws:sns:eu-west-1:123456789012:news-eu";
        let stack = stack_with_trigger(&format!("sns(topic = {arn:?})"));
        let subscription = stack.resource("TakeNewsEu");
        assert_eq!(subscription.property("Region"), "eu-west-1");
        assert_eq!(subscription.property("TopicArn"), arn);
        let stack = stack_with_trigger("sns(topic = \"news-eu\")");
        assert!(stack.resource("TakeNewsEu").property("Region").is_null());
    }

    #[test]
    fn sams_event_has_the_properties_of_the_subscription() {
        let mut stack = stack_with_trigger("sns(topic = News, filter = { \"a\": [1] })");
        let event = stack.functions[0].events.remove(0);
        let sam = (event.fold)(event);
        assert_eq!(sam.kind, "SNS");
        assert_eq!(
            serde_json::to_value(&sam.properties).unwrap(),
            json!({ "Topic": { "Ref": "News" }, "FilterPolicy": { "a": [1] } })
        );
    }
}
