//! A bucket of the application notifies the function itself; one that exists already does so through
//! EventBridge, since a template can set notifications only on buckets of its own.
//!
//! The notification and its permission are written out, not left to SAM's `S3` event: SAM's
//! permission has no `SourceArn`, so that any bucket of the account could invoke the function.

use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::value::Reference;
use skylift_model::resource::Resource;
use skylift_model::source::s3::{EventKind, S3};

use super::lowered::{Asked, Lowered, Of, Source, stem};
use super::rule;
use crate::lower::{invoke, resource};
use crate::overlay::{Entry, Found, truth};
use crate::stack::{self, Part, Purpose};

impl Source for S3 {
    fn lower(&self, of: &Of<'_>, to: &mut Lowered) {
        let name = match &self.bucket {
            Reference::Declared(ident) => match of.app.resource(ident) {
                Some(it) if it.existing.is_some() => resource::name(it),
                Some(it) => return notified(self, it, of, to),
                None => return,
            },
            Reference::Named(name) => Node::from(name.as_str()),
            Reference::Arn(arn) => Node::from(arn.rsplit(':').next().unwrap_or_default()),
            Reference::Param(name) => Node::reference(name.as_str()),
            Reference::Own => return,
        };
        for pattern in patterns(self, &name) {
            let properties = Map::new().with("EventPattern", pattern);
            rule::event("Objects", properties, None, of, to);
        }
    }

    /// A bucket of the overlay that keeps its events to itself.
    fn check_overlay(&self, entry: &Entry, _of: &Of<'_>) -> Option<(String, String)> {
        let path = ["NotificationConfiguration", "EventBridgeConfiguration"];
        let tells = match entry.property(&path) {
            Found::Nothing => false,
            Found::Value(Node::Map(map)) => {
                map.get("EventBridgeEnabled").and_then(truth).unwrap_or(true)
            }
            Found::Value(_) | Found::Later => true,
        };
        (!tells).then(|| {
            let (id, origin) = (&entry.name, &entry.origin);
            let message =
                format!("bucket `{id}` at {origin} does not send its events to EventBridge");
            let help = "give it this property: `NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } }`";
            (message, help.to_owned())
        })
    }
}

/// The bucket notifies the function. There is one permission per function and bucket, however many
/// triggers there are on it.
fn notified(s3: &S3, bucket: &Resource, of: &Of<'_>, to: &mut Lowered) {
    let properties = Map::new()
        .with("Action", "lambda:InvokeFunction")
        .with("FunctionName", invoke::function_arn(of.function))
        .with("Principal", "s3.amazonaws.com")
        .with("SourceAccount", Node::reference("AWS::AccountId"))
        .with("SourceArn", resource::arn(bucket));
    let id = of.function.id.join(&format!("{}Permission", stem(bucket, of.function))).to_string();
    let part = Part::of_function(of.index, Purpose::BucketPermission(of.cause));
    to.once(stack::Resource::new(id.as_str(), "AWS::Lambda::Permission", part, properties));
    let notifications = notifications(s3, &invoke::function_arn(of.function));
    to.asked.push((bucket.ident.clone(), Asked { permission: id, notifications }));
}

/// The entries of a bucket's `LambdaConfigurations` for one trigger: one for each kind of event.
fn notifications(s3: &S3, function: &Node) -> Vec<Node> {
    let rules: Vec<Node> = [("prefix", &s3.prefix), ("suffix", &s3.suffix)]
        .into_iter()
        .filter_map(|(name, value)| {
            let value = value.as_deref()?;
            Some(Map::new().with("Name", name).with("Value", value).into())
        })
        .collect();
    let mut entries = Vec::new();
    for kind in &s3.events {
        let mut entry = Map::new().with("Event", kind.as_str()).with("Function", function.clone());
        if !rules.is_empty() {
            let key = Map::new().with("Rules", rules.clone());
            entry.set("Filter", Map::new().with("S3Key", key));
        }
        entries.push(entry.into());
    }
    entries
}

/// What a field of an event's details has to be.
type Only = (&'static str, &'static str);

/// What EventBridge calls the kinds of events that S3 notifies of, and the fields that narrow them:
/// the S3 guide's page "EventBridge event message structure" lists both.
fn detail_types(kind: EventKind) -> (&'static [&'static str], Vec<Only>) {
    let (types, reason) = types_and_reason(kind.as_str().trim_start_matches("s3:"));
    let mut fields: Vec<Only> = reason.map(|reason| ("reason", reason)).into_iter().collect();
    let deletion = match kind.as_str().rsplit(':').next() {
        Some("DeleteMarkerCreated") => Some("Delete Marker Created"),
        Some("Delete") => Some("Permanently Deleted"),
        _ => None,
    };
    fields.extend(deletion.filter(|_| types == ["Object Deleted"]).map(|it| ("deletion-type", it)));
    (types, fields)
}

fn types_and_reason(kind: &str) -> (&'static [&'static str], Option<&'static str>) {
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
        // The rest was refused when it was read: EventBridge does not know it.
        _ => (&[], None),
    }
}

/// One pattern for all kinds that nothing narrows, and one for each way to narrow them.
fn patterns(s3: &S3, bucket: &Node) -> Vec<Map> {
    let mut groups: Vec<(Vec<Only>, Vec<&str>)> = Vec::new();
    for (types, fields) in s3.events.iter().map(|kind| detail_types(*kind)) {
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
    let pattern = |(fields, types): (Vec<Only>, Vec<&str>)| {
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

fn key_pattern(s3: &S3) -> Option<Map> {
    let literal = |text: &str| text.replace('\\', "\\\\").replace('*', "\\*");
    match (s3.prefix.as_deref(), s3.suffix.as_deref()) {
        (None, None) => None,
        (Some(prefix), None) => Some(Map::new().with("prefix", prefix)),
        (None, Some(suffix)) => Some(Map::new().with("suffix", suffix)),
        (Some(prefix), Some(suffix)) => {
            Some(Map::new().with("wildcard", format!("{}*{}", literal(prefix), literal(suffix))))
        }
    }
}
