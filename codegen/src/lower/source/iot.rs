//! Lowers a trigger on messages of AWS IoT to a rule with its permission. They are folded into SAM's event `IoTRule`
//! unless the rule has a setting that the event lacks: both templates then have the same resources.
// See decision 0113.

use skylift_model::aws::node::{Map, Node};
use skylift_model::resource::{Resource as DeclaredResource, ResourceKind};
use skylift_model::source::iot::Iot;

use super::trigger::{LowerTrigger, LoweredTriggers, TriggerContext};
use crate::lower::{invoke, resource, send, service_role};
use crate::stack::{Event, IdOwner, Purpose, Resource, SamEvent};

/// SAM's event type for a rule.
const SAM_EVENT: &str = "IoTRule";

/// The stem of the name of an event.
const STEM: &str = "Iot";

/// The service that invokes the function.
const SERVICE: &str = "iot.amazonaws.com";

/// The property with everything about a rule but its name.
const PAYLOAD: &str = "TopicRulePayload";

impl LowerTrigger for Iot {
    fn lower(&self, context: &TriggerContext<'_>, lowered: &mut LoweredTriggers) {
        let name = unique_name(context, lowered);
        let id = format!("{}{name}", context.function.id);
        let permission = Resource::new(
            format!("{id}Permission"),
            "AWS::Lambda::Permission",
            context.event_owner(&name),
            permission_properties(&id, context),
        );
        let role_id = format!("{id}Role");
        let target = self.error_action.as_ref().and_then(|ident| context.app.resource(ident));
        let error_action = target.and_then(|it| error_action(it, &role_id));
        let rule = Resource::new(
            id,
            "AWS::IoT::TopicRule",
            context.event_owner(&name),
            rule_properties(self, error_action.clone(), context),
        );
        let has_event =
            self.name.is_none() && self.description.is_none() && self.error_action.is_none();
        if has_event && self.enabled {
            lowered.add_event(name, vec![rule, permission], fold_event);
            return;
        }
        lowered.other_resources.extend([rule, permission]);
        if let (Some(target), Some(_)) = (target, error_action) {
            let statements = send::send_statements(target, context.app);
            let purpose = Purpose::Beside("the role of a rule", context.cause);
            lowered.other_resources.push(Resource::new(
                role_id,
                "AWS::IAM::Role",
                IdOwner::for_function(context.index, purpose),
                service_role::role_properties(SERVICE, "ErrorAction", statements),
            ));
        }
    }
}

/// Returns a name for the event that no other rule of the function has, whether it is an event or not.
fn unique_name(context: &TriggerContext<'_>, lowered: &LoweredTriggers) -> String {
    let mut number = 1;
    loop {
        let stem = if number == 1 { STEM.to_owned() } else { format!("{STEM}{number}") };
        let name = lowered.unique_name(&stem);
        let id = format!("{}{name}", context.function.id);
        if name == stem && lowered.other_resources.iter().all(|it| it.id != id) {
            return name;
        }
        number += 1;
    }
}

/// The key of an object with an error: the topic of the message, and the time. Two messages at the same time differ by an
/// id. AWS IoT replaces the expressions.
const ERROR_KEY: &str = "${topic()}/${timestamp()}-${newuuid()}.json";

/// Returns the action that sends an error to a queue, a topic or a bucket, with the role of the logical id `role`. Returns
/// `None` for a resource of another kind, which is reported elsewhere.
fn error_action(target: &DeclaredResource, role: &str) -> Option<Map> {
    let role = || Node::attribute(role, "Arn");
    let (name, action) = match target.kind() {
        ResourceKind::Queue => ("Sqs", Map::new().with("QueueUrl", resource::identifier(target))),
        ResourceKind::Topic => {
            ("Sns", Map::new().with("TargetArn", resource::arn_by_reference(target)))
        }
        ResourceKind::Bucket => {
            let bucket = Map::new().with("BucketName", resource::identifier(target));
            ("S3", bucket.with("Key", ERROR_KEY))
        }
        _ => return None,
    };
    Some(Map::new().with(name, action.with("RoleArn", role())))
}

/// Returns the properties of the rule.
fn rule_properties(iot: &Iot, error_action: Option<Map>, context: &TriggerContext<'_>) -> Map {
    let mut payload = Map::new().with("Sql", iot.sql.as_str());
    payload.push("AwsIotSqlVersion", iot.version.as_str());
    payload.set_some("Description", iot.description.as_deref());
    payload.push("RuleDisabled", !iot.enabled);
    let action = Map::new().with("FunctionArn", invoke::target_arn(context.function));
    payload.push("Actions", vec![Node::from(Map::new().with("Lambda", action))]);
    payload.set_some("ErrorAction", error_action);
    let mut properties = Map::new();
    properties.set_some("RuleName", iot.name.as_ref().map(|name| name.as_str()));
    properties.push(PAYLOAD, payload);
    properties
}

/// Returns the properties of the permission for the rule with the logical id `rule`.
fn permission_properties(rule: &str, context: &TriggerContext<'_>) -> Map {
    let arn = format!(
        "arn:${{AWS::Partition}}:iot:${{AWS::Region}}:${{AWS::AccountId}}:rule/${{{rule}}}"
    );
    invoke::permission_properties(invoke::target_reference(context.function), SERVICE)
        .with("SourceAccount", Node::reference("AWS::AccountId"))
        .with("SourceArn", Node::sub(arn))
}

/// Folds a rule into SAM's event `IoTRule`.
fn fold_event(event: Event) -> SamEvent {
    let mut properties = Map::new();
    let rule = event.resources.into_iter().next();
    for (_, value) in rule.into_iter().flat_map(|it| it.properties) {
        let Node::Map(payload) = value else { continue };
        for (key, value) in payload {
            if ["Sql", "AwsIotSqlVersion"].contains(&key.as_str()) {
                properties.push(key, value);
            }
        }
    }
    SamEvent { kind: SAM_EVENT, properties }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::overlay::Overlay;
    use crate::stack::Stack;
    use crate::testing::{assemble_unchecked, stack_from_source};

    fn stack_with_triggers(triggers: &str) -> Stack {
        stack_from_source(&format!(
            "#[function({triggers})]\nasync fn take(event: serde_json::Value) -> Result<(), Error> {{ Ok(()) }}"
        ))
    }

    #[test]
    fn a_rule_alone_may_invoke_the_function() {
        let stack = stack_with_triggers("trigger = iot(sql = \"SELECT * FROM 'a/+'\")");
        let rule = stack.resource("TakeIot");
        assert_eq!(rule.kind(), "AWS::IoT::TopicRule");
        assert_eq!(
            *rule.properties(),
            json!({
                "TopicRulePayload": {
                    "Sql": "SELECT * FROM 'a/+'",
                    "AwsIotSqlVersion": "2016-03-23",
                    "RuleDisabled": false,
                    "Actions": [{ "Lambda": { "FunctionArn": { "Fn::GetAtt": "Take.Arn" } } }],
                },
            })
        );
        let permission = stack.resource("TakeIotPermission");
        assert_eq!(
            *permission.properties(),
            json!({
                "Action": "lambda:InvokeFunction",
                "FunctionName": { "Ref": "Take" },
                "Principal": "iot.amazonaws.com",
                "SourceAccount": { "Ref": "AWS::AccountId" },
                "SourceArn": {
                    "Fn::Sub": "arn:${AWS::Partition}:iot:${AWS::Region}:${AWS::AccountId}:rule/${TakeIot}",
                },
            })
        );
    }

    #[test]
    fn every_setting_of_a_rule_sets_a_property() {
        let stack = stack_with_triggers(
            "trigger = iot(sql = \"SELECT *\", version = \"beta\", name = \"ingest\", description = \"d\", enabled = false)",
        );
        let rule = stack.resource("TakeIot");
        assert_eq!(rule.property("RuleName"), "ingest");
        assert_eq!(rule.property("TopicRulePayload.AwsIotSqlVersion"), "beta");
        assert_eq!(rule.property("TopicRulePayload.Description"), "d");
        assert_eq!(rule.property("TopicRulePayload.RuleDisabled"), true);
        assert!(stack.functions[0].events.is_empty());
    }

    #[test]
    fn a_rule_sends_errors_with_a_role_that_can_do_nothing_else() {
        let arn = json!({ "Fn::GetAtt": "TakeIotRole.Arn" });
        let bucket = "arn:${AWS::Partition}:s3:::failed-${AWS::AccountId}-${Stack}/*";
        for (kind, name, settings, action, on) in [
            (
                "queue",
                "Sqs",
                json!({ "QueueUrl": { "Ref": "Failed" } }),
                "sqs:SendMessage",
                json!({ "Fn::GetAtt": "Failed.Arn" }),
            ),
            (
                "topic",
                "Sns",
                json!({ "TargetArn": { "Ref": "Failed" } }),
                "sns:Publish",
                json!({ "Ref": "Failed" }),
            ),
            ("bucket", "S3", json!({ "Key": super::ERROR_KEY }), "s3:PutObject", json!(bucket)),
        ] {
            let stack = stack_from_source(&format!(
                "#[resource({kind})]\npub struct Failed;\n#[function(trigger = iot(sql = \"SELECT * FROM 'a'\", error_action = Failed))]\nasync fn take(event: serde_json::Value) -> Result<(), Error> {{ Ok(()) }}"
            ));
            let rule_in_stack = stack.resource("TakeIot");
            let mut found = rule_in_stack.property(&format!("TopicRulePayload.ErrorAction.{name}"));
            assert_eq!(found["RoleArn"], arn, "{kind}");
            let found = found.as_object_mut().unwrap();
            for (key, value) in settings.as_object().unwrap() {
                assert_eq!(found[key], *value, "{kind}");
            }
            assert_eq!(found.contains_key("BucketName"), kind == "bucket");
            let role = stack.resource("TakeIotRole");
            let statement = role.property("Policies.0.PolicyDocument.Statement");
            assert_eq!(statement.as_array().unwrap().len(), 1);
            assert_eq!(statement[0]["Action"], action);
            let resource = &statement[0]["Resource"];
            let text = &resource["Fn::Sub"][0];
            assert!(*resource == on || *text == on, "{kind}: {resource}");
            let trust = role.property("AssumeRolePolicyDocument.Statement.0");
            assert_eq!(trust["Principal"], json!({ "Service": "iot.amazonaws.com" }));
            let account = json!({ "aws:SourceAccount": { "Ref": "AWS::AccountId" } });
            assert_eq!(trust["Condition"]["StringEquals"], account);
            assert!(stack.functions[0].events.is_empty());
        }
    }

    #[test]
    fn an_error_action_is_a_standard_queue_or_topic_or_a_bucket() {
        for (kind, message) in [
            ("queue(fifo)", "AWS IoT cannot send to a FIFO queue (declared at main.rs:2)"),
            ("topic(fifo)", "AWS IoT cannot send to a FIFO topic (declared at main.rs:2)"),
            (
                "stream",
                "`Failed` is a stream (declared at main.rs:2), and an error action cannot be",
            ),
        ] {
            let assembled = assemble_unchecked(
                &format!(
                    "#[resource({kind})]\npub struct Failed;\n#[function(trigger = iot(sql = \"SELECT * FROM 'a'\", error_action = Failed))]\nasync fn take(event: serde_json::Value) -> Result<(), Error> {{ Ok(()) }}"
                ),
                &Overlay::default(),
            );
            let problems = assembled.notes.iter().flat_map(|(_, note)| &note.problems);
            let found: Vec<String> =
                problems.map(|it| format!("{}: {}", it.at, it.message.text)).collect();
            assert_eq!(found, [format!("trigger 0 error_action: {message}")], "{kind}");
        }
    }

    #[test]
    fn the_role_of_an_error_action_uses_the_key_of_its_resource() {
        let stack = stack_from_source(
            "#[resource(queue(kms_key = \"arn:aws:kms:eu-west-1:123456789012:key/a\"))]\npub struct Failed;\n#[function(trigger = iot(sql = \"SELECT * FROM 'a'\", error_action = Failed))]\nasync fn take(event: serde_json::Value) -> Result<(), Error> { Ok(()) }",
        );
        let role = stack.resource("TakeIotRole");
        let statement = role.property("Policies.0.PolicyDocument.Statement.1");
        assert_eq!(statement["Action"], json!(["kms:Decrypt", "kms:GenerateDataKey"]));
        let service = &statement["Condition"]["StringEquals"]["kms:ViaService"];
        assert_eq!(*service, json!({ "Fn::Sub": "sqs.${AWS::Region}.amazonaws.com" }));
    }

    #[test]
    fn the_rules_of_a_function_have_ids_of_their_own_whether_sam_can_express_them_or_not() {
        let rule = |rest: &str| format!("trigger = iot(sql = \"SELECT * FROM 'a'\"{rest})");
        let (plain, disabled) = (rule(""), rule(", enabled = false"));
        for triggers in [
            [&disabled, &plain, &disabled, &plain].map(String::as_str).join(", "),
            [&plain, &disabled, &plain, &disabled].map(String::as_str).join(", "),
        ] {
            let stack = stack_with_triggers(&triggers);
            for id in ["TakeIot", "TakeIot2", "TakeIot3", "TakeIot4"] {
                assert_eq!(stack.resource(id).kind(), "AWS::IoT::TopicRule");
            }
            assert_eq!(stack.functions[0].events.len(), 2);
        }
    }

    #[test]
    fn sams_event_has_the_statement_and_its_version() {
        let mut stack = stack_with_triggers("trigger = iot(sql = \"SELECT * FROM 'a'\")");
        let event = stack.functions[0].events.remove(0);
        let sam = (event.fold)(event);
        assert_eq!(sam.kind, "IoTRule");
        assert_eq!(
            serde_json::to_value(&sam.properties).unwrap(),
            json!({ "Sql": "SELECT * FROM 'a'", "AwsIotSqlVersion": "2016-03-23" })
        );
    }
}
