//! Lowers a trigger on a bucket. A bucket of the application notifies the function directly, unless the trigger asks
//! for EventBridge. An existing bucket sends its events to EventBridge, because a template can set notifications only
//! on its own buckets.
//!
//! The notification and its permission are separate resources, not SAM's event `S3`. SAM's permission has no
//! `SourceArn`, so any bucket of the account could invoke the function.
// See decision 0033.

use skylift_model::App;
use skylift_model::aws::key_filter::KeyFilter;
use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::value::ResourceReference;
use skylift_model::message::Message;
use skylift_model::resource::Resource;
use skylift_model::source::s3::{S3, S3Channel, S3EventType};

use super::rule;
use super::trigger::{
    LowerTrigger, LoweredTriggers, Notifications, ResourceRequirements, TriggerContext, name_in_ids,
};
use crate::lower::{invoke, resource};
use crate::messages;
use crate::overlay::{OverlayEntry, PropertyValue, parse_bool};
use crate::stack::{self, IdOwner, Purpose};

/// The beginning of the names of rules for the events of a bucket.
pub(in crate::lower) const RULE_STEM: &str = "Objects";

impl LowerTrigger for S3 {
    fn lower(&self, context: &TriggerContext<'_>, lowered: &mut LoweredTriggers) {
        match find_channel(self, context.app, &mut lowered.requirements) {
            Some(Channel::Notifications(bucket)) => {
                add_notifications(self, bucket, context, lowered);
            }
            Some(Channel::Rules(patterns)) => {
                for pattern in patterns {
                    let properties = Map::new().with("EventPattern", pattern);
                    let target = rule::Target::default();
                    rule::add_rule_event(RULE_STEM, properties, target, context, lowered);
                }
            }
            None => {}
        }
    }

    fn check_overlay(
        &self,
        entry: &OverlayEntry,
        _context: &TriggerContext<'_>,
    ) -> Option<Message> {
        check_overlay_bucket(entry)
    }
}

/// The way in which a bucket sends its events.
pub(in crate::lower) enum Channel<'a> {
    /// Notifications of this bucket of the application.
    Notifications(&'a Resource),
    /// Rules of EventBridge with these patterns.
    Rules(Vec<Map>),
}

/// Returns the way in which the bucket sends its events. Adds to `requirements` that a bucket of the application has to
/// send them to EventBridge. Returns `None` if the application has no such bucket.
pub(in crate::lower) fn find_channel<'a>(
    s3: &S3,
    app: &'a App,
    requirements: &mut Vec<(String, ResourceRequirements)>,
) -> Option<Channel<'a>> {
    let name = match &s3.bucket {
        ResourceReference::Declared(ident) => match app.resource(ident)? {
            it if it.existing.is_some() => resource::identifier(it),
            it if s3.through == S3Channel::EventBridge => {
                let needs =
                    ResourceRequirements { event_bridge: true, ..ResourceRequirements::default() };
                requirements.push((it.ident.clone(), needs));
                resource::identifier(it)
            }
            it => return Some(Channel::Notifications(it)),
        },
        ResourceReference::Named(name) => Node::from(name.as_str()),
        ResourceReference::Arn(arn) => Node::from(arn.rsplit(':').next().unwrap_or_default()),
        ResourceReference::Param(name) => Node::reference(name.as_str()),
        ResourceReference::Own => return None,
    };
    Some(Channel::Rules(event_patterns(s3, &name)))
}

/// Returns a message if a bucket of the overlay does not send its events to EventBridge.
pub(crate) fn check_overlay_bucket(entry: &OverlayEntry) -> Option<Message> {
    let path = ["NotificationConfiguration", "EventBridgeConfiguration"];
    let sends_events = match entry.property(&path) {
        PropertyValue::Missing => false,
        PropertyValue::Value(Node::Map(map)) => {
            map.get("EventBridgeEnabled").and_then(parse_bool).unwrap_or(true)
        }
        PropertyValue::Value(_) | PropertyValue::Unknown => true,
    };
    (!sends_events)
        .then(|| messages::overlay_bucket_without_eventbridge(&entry.name, &entry.origin))
}

/// Adds the notifications that a bucket of the application sends for a trigger, and the permission to invoke the
/// function. A function has one permission for a bucket, for any number of triggers.
fn add_notifications(
    s3: &S3,
    bucket: &Resource,
    context: &TriggerContext<'_>,
    lowered: &mut LoweredTriggers,
) {
    let properties =
        invoke::permission_properties(invoke::target_arn(context.function), "s3.amazonaws.com")
            .with("SourceAccount", Node::reference("AWS::AccountId"))
            .with("SourceArn", resource::resource_arn(bucket));
    let id = context
        .function
        .id
        .join(&format!("{}Permission", name_in_ids(bucket, context.function)))
        .to_string();
    let part = IdOwner::for_function(context.index, Purpose::Beside("a permission", context.cause));
    lowered.add_resource_once(stack::Resource::new(
        id.as_str(),
        "AWS::Lambda::Permission",
        part,
        properties,
    ));
    let target = ("Function", invoke::target_arn(context.function));
    let notifications = notification_entries(s3, &target);
    let notifications = Notifications { functions: notifications, ..Notifications::default() };
    let requirements = ResourceRequirements {
        permission: Some(id),
        notifications,
        ..ResourceRequirements::default()
    };
    lowered.requirements.push((bucket.ident.clone(), requirements));
}

/// Returns the entries of a bucket's notification configuration for one target: one for each type of S3 event. The target
/// is the property that names it, with its ARN.
pub(in crate::lower) fn notification_entries(s3: &S3, (key, arn): &(&str, Node)) -> Vec<Node> {
    let rules: Vec<Node> = [("prefix", &s3.prefix), ("suffix", &s3.suffix)]
        .into_iter()
        .filter_map(|(name, value)| {
            let value = value.as_ref()?.encode();
            Some(Map::new().with("Name", name).with("Value", value).into())
        })
        .collect();
    let mut entries = Vec::new();
    for kind in &s3.events {
        let mut entry = Map::new().with("Event", kind.as_str()).with(*key, arn.clone());
        if !rules.is_empty() {
            let key = Map::new().with("Rules", rules.clone());
            entry.set("Filter", Map::new().with("S3Key", key));
        }
        entries.push(entry.into());
    }
    entries
}

/// A field in the detail of an EventBridge event, and the value that the field must have.
type RequiredField = (&'static str, &'static str);

/// Returns the detail types by which EventBridge names a type of S3 event, and the fields that restrict the events
/// further. The S3 User Guide lists both on the page "EventBridge event message structure".
fn detail_types_and_fields(kind: S3EventType) -> (&'static [&'static str], Vec<RequiredField>) {
    let (types, reason) = detail_types_and_reason(kind.as_str().trim_start_matches("s3:"));
    let mut fields: Vec<RequiredField> =
        reason.map(|reason| ("reason", reason)).into_iter().collect();
    let deletion = match kind.as_str().rsplit(':').next() {
        Some("DeleteMarkerCreated") => Some("Delete Marker Created"),
        Some("Delete") => Some("Permanently Deleted"),
        _ => None,
    };
    fields.extend(deletion.filter(|_| types == ["Object Deleted"]).map(|it| ("deletion-type", it)));
    (types, fields)
}

/// Returns EventBridge's detail types for a type of S3 event without its prefix `s3:`, and the `reason` that the
/// event's detail must have; `None` if any reason fits.
fn detail_types_and_reason(kind: &str) -> (&'static [&'static str], Option<&'static str>) {
    match kind {
        "ObjectCreated:Put" => (&["Object Created"], Some("PutObject")),
        "ObjectCreated:Post" => (&["Object Created"], Some("POST Object")),
        "ObjectCreated:Copy" => (&["Object Created"], Some("CopyObject")),
        "ObjectCreated:CompleteMultipartUpload" => {
            (&["Object Created"], Some("CompleteMultipartUpload"))
        }
        "ObjectCreated:*" => (&["Object Created"], None),
        kind if kind.starts_with("ObjectRemoved") => (&["Object Deleted"], Some("DeleteObject")),
        kind if kind.starts_with("LifecycleExpiration") => {
            (&["Object Deleted"], Some("Lifecycle Expiration"))
        }
        "ObjectRestore:Post" => (&["Object Restore Initiated"], None),
        "ObjectRestore:Completed" => (&["Object Restore Completed"], None),
        "ObjectRestore:Delete" => (&["Object Restore Expired"], None),
        "ObjectRestore:*" => (
            &["Object Restore Initiated", "Object Restore Completed", "Object Restore Expired"],
            None,
        ),
        "ObjectTagging:Put" => (&["Object Tags Added"], None),
        "ObjectTagging:Delete" => (&["Object Tags Deleted"], None),
        "ObjectTagging:*" => (&["Object Tags Added", "Object Tags Deleted"], None),
        "ObjectAcl:Put" => (&["Object ACL Updated"], None),
        "LifecycleTransition" => (&["Object Storage Class Changed"], None),
        "IntelligentTiering" => (&["Object Access Tier Changed"], None),
        // The parser has rejected all other kinds: EventBridge does not have them.
        _ => (&[], None),
    }
}

/// Returns the event patterns of a trigger on a bucket: one for each set of required fields, since a pattern
/// applies its fields to all its detail types.
fn event_patterns(s3: &S3, bucket: &Node) -> Vec<Map> {
    let mut groups: Vec<(Vec<RequiredField>, Vec<&str>)> = Vec::new();
    for (types, fields) in s3.events.iter().map(|kind| detail_types_and_fields(*kind)) {
        let known = groups.iter().position(|(other, _)| *other == fields);
        let group = known.unwrap_or_else(|| {
            groups.push((fields, Vec::new()));
            groups.len() - 1
        });
        for name in types {
            if !groups[group].1.contains(name) {
                groups[group].1.push(name);
            }
        }
    }
    let pattern = |(fields, types): (Vec<RequiredField>, Vec<&str>)| {
        let mut detail = Map::new().with("bucket", Map::new().with("name", vec![bucket.clone()]));
        if let Some(key) = key_pattern(s3) {
            detail.set("object", Map::new().with("key", vec![key.into()]));
        }
        for (name, value) in fields {
            detail.set(name, vec![Node::from(value)]);
        }
        Map::new()
            .with("source", vec![Node::from("aws.s3")])
            .with("detail-type", types.into_iter().map(Node::from).collect::<Vec<_>>())
            .with("detail", detail)
    };
    groups.into_iter().map(pattern).collect()
}

/// Returns the pattern for the keys of objects, or `None` if the trigger has neither a prefix nor a suffix. Events
/// have the plain text of a key.
fn key_pattern(s3: &S3) -> Option<Map> {
    let literal = |text: &str| text.replace('\\', "\\\\");
    let plain = |filter: &'_ Option<KeyFilter>| filter.as_ref().map(|it| it.as_str().to_owned());
    match (plain(&s3.prefix), plain(&s3.suffix)) {
        (None, None) => None,
        (Some(prefix), None) => Some(Map::new().with("prefix", prefix)),
        (None, Some(suffix)) => Some(Map::new().with("suffix", suffix)),
        (Some(prefix), Some(suffix)) => {
            Some(Map::new().with("wildcard", format!("{}*{}", literal(&prefix), literal(&suffix))))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::stack::Stack;
    use crate::testing::stack_from_source;

    fn stack_with_trigger(trigger: &str) -> Stack {
        stack_from_source(&format!(
            "#[resource(bucket)]\npub struct Uploads;\n#[function({trigger})]\nasync fn take(event: S3Event) -> Result<(), Error> {{ Ok(()) }}"
        ))
    }

    #[test]
    fn only_the_bucket_of_the_application_may_invoke_the_function() {
        let stack = stack_with_trigger(
            "trigger = s3(bucket = Uploads), trigger = s3(bucket = Uploads, events = [\"ObjectRemoved:*\"])",
        );
        let permission = stack.resource("TakeUploadsPermission");
        assert_eq!(permission.kind(), "AWS::Lambda::Permission");
        let arn = "arn:${AWS::Partition}:s3:::uploads-${AWS::AccountId}-${Stack}";
        assert_eq!(permission.property("SourceArn.Fn::Sub.0"), arn);
        assert_eq!(permission.property("SourceAccount"), json!({ "Ref": "AWS::AccountId" }));
        assert_eq!(permission.property("Principal"), "s3.amazonaws.com");
        assert_eq!(permission.property("Action"), "lambda:InvokeFunction");
        assert_eq!(permission.property("FunctionName"), json!({ "Fn::GetAtt": "Take.Arn" }));
        // One permission for both triggers, and a notification for each.
        assert_eq!(stack.functions[0].other_resources.len(), 3);
        let bucket = stack.resource("Uploads");
        assert_eq!(bucket.resource.depends_on, ["TakeUploadsPermission"]);
        let notified = |event| json!({ "Event": event, "Function": { "Fn::GetAtt": "Take.Arn" } });
        assert_eq!(
            bucket.property("NotificationConfiguration.LambdaConfigurations"),
            json!([notified("s3:ObjectCreated:*"), notified("s3:ObjectRemoved:*")])
        );
    }

    #[test]
    fn a_notification_has_the_filter_of_its_trigger() {
        let rules = |trigger: &str| {
            let path = "NotificationConfiguration.LambdaConfigurations.0.Filter.S3Key.Rules";
            stack_with_trigger(&format!("trigger = s3(bucket = Uploads, {trigger})"))
                .resource("Uploads")
                .property(path)
        };
        let prefix = json!({ "Name": "prefix", "Value": "in/" });
        let suffix = json!({ "Name": "suffix", "Value": ".csv" });
        assert_eq!(rules("prefix = \"in/\""), json!([prefix]));
        assert_eq!(rules("suffix = \".csv\""), json!([suffix]));
        assert_eq!(rules("prefix = \"in/\", suffix = \".csv\""), json!([prefix, suffix]));
    }

    #[test]
    fn a_notification_has_encoded_keys_and_a_rule_has_plain_ones() {
        let filter = "prefix = \"my photos/year=2026/\"";
        let stack = stack_with_trigger(&format!("trigger = s3(bucket = Uploads, {filter})"));
        let path = "NotificationConfiguration.LambdaConfigurations.0.Filter.S3Key.Rules.0.Value";
        assert_eq!(stack.resource("Uploads").property(path), "my+photos/year%3D2026/");
        let key = event_patterns(filter)[0]["detail"]["object"]["key"][0].clone();
        assert_eq!(key, json!({ "prefix": "my photos/year=2026/" }));
    }

    /// Returns the event patterns for an existing bucket.
    fn event_patterns(arguments: &str) -> Vec<serde_json::Value> {
        let stack = stack_from_source(&format!(
            "#[function(trigger = s3(bucket = \"archive\", {arguments}))]\nasync fn take(event: S3Event) -> Result<(), Error> {{ Ok(()) }}"
        ));
        let rules = stack.all_resources().filter(|it| it.kind == "AWS::Events::Rule");
        rules.map(|it| stack.resource(&it.id).property("EventPattern")).collect()
    }

    #[test]
    fn events_of_an_existing_bucket_come_through_eventbridge() {
        let detail = |more: serde_json::Value| {
            let mut detail = json!({ "bucket": { "name": ["archive"] } });
            for (key, value) in more.as_object().unwrap() {
                detail[key] = value.clone();
            }
            detail
        };
        let pattern = |types, more| json!({ "source": ["aws.s3"], "detail-type": types, "detail": detail(more) });
        let created = json!(["Object Created"]);
        assert_eq!(
            event_patterns("events = [\"ObjectCreated:*\"]"),
            [pattern(created.clone(), json!({}))]
        );
        for (event, reason) in [
            ("Put", "PutObject"),
            ("Post", "POST Object"),
            ("Copy", "CopyObject"),
            ("CompleteMultipartUpload", "CompleteMultipartUpload"),
        ] {
            let event = format!("events = [\"ObjectCreated:{event}\"]");
            assert_eq!(
                event_patterns(&event),
                [pattern(created.clone(), json!({ "reason": [reason] }))]
            );
        }
        let deleted = json!(["Object Deleted"]);
        for (event, more) in [
            ("ObjectRemoved:*", json!({ "reason": ["DeleteObject"] })),
            (
                "ObjectRemoved:Delete",
                json!({ "reason": ["DeleteObject"], "deletion-type": ["Permanently Deleted"] }),
            ),
            (
                "LifecycleExpiration:DeleteMarkerCreated",
                json!({ "reason": ["Lifecycle Expiration"], "deletion-type": ["Delete Marker Created"] }),
            ),
        ] {
            let event = format!("events = [\"{event}\"]");
            assert_eq!(event_patterns(&event), [pattern(deleted.clone(), more)]);
        }
        for (event, types) in [
            ("ObjectRestore:Post", json!(["Object Restore Initiated"])),
            ("ObjectRestore:Completed", json!(["Object Restore Completed"])),
            ("ObjectRestore:Delete", json!(["Object Restore Expired"])),
            (
                "ObjectRestore:*",
                json!([
                    "Object Restore Initiated",
                    "Object Restore Completed",
                    "Object Restore Expired"
                ]),
            ),
            ("ObjectTagging:Put", json!(["Object Tags Added"])),
            ("ObjectTagging:Delete", json!(["Object Tags Deleted"])),
            ("ObjectTagging:*", json!(["Object Tags Added", "Object Tags Deleted"])),
            ("ObjectAcl:Put", json!(["Object ACL Updated"])),
            ("LifecycleTransition", json!(["Object Storage Class Changed"])),
            ("IntelligentTiering", json!(["Object Access Tier Changed"])),
        ] {
            assert_eq!(
                event_patterns(&format!("events = [\"{event}\"]")),
                [pattern(types, json!({}))]
            );
        }
    }

    #[test]
    fn a_bucket_of_the_application_can_send_its_events_to_eventbridge() {
        let stack = stack_with_trigger(
            "trigger = s3(bucket = Uploads, through = event_bridge), trigger = s3(bucket = Uploads, prefix = \"in/\")",
        );
        let configuration = stack.resource("Uploads").property("NotificationConfiguration");
        assert_eq!(
            configuration["EventBridgeConfiguration"],
            json!({ "EventBridgeEnabled": true })
        );
        assert_eq!(configuration["LambdaConfigurations"].as_array().unwrap().len(), 1);
        let rule = stack.resource("TakeObjects");
        assert_eq!(rule.kind(), "AWS::Events::Rule");
        let name = rule.property("EventPattern.detail.bucket.name.0");
        assert_eq!(name["Fn::Sub"][0], "uploads-${AWS::AccountId}-${Stack}");
        assert_eq!(
            stack.resource("TakeObjectsPermission").property("SourceArn"),
            json!({ "Fn::GetAtt": "TakeObjects.Arn" })
        );
        let alone = stack_with_trigger("trigger = s3(bucket = Uploads, through = event_bridge)");
        let uploads = alone.resource("Uploads");
        assert!(uploads.resource.depends_on.is_empty());
        assert!(uploads.property("NotificationConfiguration.LambdaConfigurations").is_null());
    }

    #[test]
    fn event_kinds_without_restricting_fields_share_a_pattern() {
        let all = "events = [\"ObjectCreated:*\", \"ObjectTagging:*\", \"ObjectRemoved:*\"]";
        let types: Vec<_> =
            event_patterns(all).iter().map(|it| it["detail-type"].clone()).collect();
        let first = json!(["Object Created", "Object Tags Added", "Object Tags Deleted"]);
        assert_eq!(types, [first, json!(["Object Deleted"])]);
    }

    #[test]
    fn keys_are_matched_by_prefix_and_suffix() {
        let key =
            |arguments: &str| event_patterns(arguments)[0]["detail"]["object"]["key"][0].clone();
        assert_eq!(key("prefix = \"in/\""), json!({ "prefix": "in/" }));
        assert_eq!(key("suffix = \".csv\""), json!({ "suffix": ".csv" }));
        let both = "prefix = \"a\\\\/\", suffix = \".csv\"";
        assert_eq!(key(both), json!({ "wildcard": "a\\\\/*.csv" }));
    }
}
