//! Structs that stand for resources of the overlay: `existing = overlay("LegacyOrders")`. It takes the
//! application and the overlay, and gives a problem where the resource is not there, is of another
//! kind, or is made such that what stands on it would not work.

use std::collections::HashMap;

use skylift_model::aws::limits;
use skylift_model::aws::node::{Map, Node};
use skylift_model::problem::{At, Item, Problems};
use skylift_model::resource::{Existing, Kind, Resource, Settings};
use skylift_model::source::Trigger;
use skylift_model::{App, Function, suggest};

use super::{Entry, Overlay, Section};

/// The types of CloudFormation whose resources are of this kind: what `Ref` gives is the same.
const fn types(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Bucket => &["AWS::S3::Bucket"],
        Kind::Bus => &["AWS::Events::EventBus"],
        Kind::Parameter => &["AWS::SSM::Parameter"],
        Kind::Queue => &["AWS::SQS::Queue"],
        Kind::Secret => &["AWS::SecretsManager::Secret"],
        Kind::Stream => &["AWS::Kinesis::Stream"],
        Kind::Table => {
            &["AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable", "AWS::Serverless::SimpleTable"]
        }
        Kind::Topic => &["AWS::SNS::Topic"],
    }
}

/// Sees that every such struct stands for what it says, and that triggers on it work.
pub(crate) fn check(app: &App, overlay: &Overlay, problems: &mut Problems) {
    let mut taken: HashMap<&str, &Resource> = HashMap::new();
    for (index, resource) in app.resources.iter().enumerate() {
        let Some(id) = id(resource) else { continue };
        let item = Item::Resource(index);
        let at = || At::Key("existing".to_owned());
        if let Some(other) = taken.insert(id, resource) {
            let message = format!("`{id}` is `{}` at {} already", other.ident, other.origin);
            problems.push(item, at(), message).help("use one struct for one resource");
            continue;
        }
        match overlay.resource(id) {
            Some(entry) => of_type(item, resource, entry, overlay, problems),
            None if overlay.broken || overlay.has_more() => {}
            None => missing(item, resource.kind(), id, overlay, problems),
        }
    }
    for (index, function) in app.functions.iter().enumerate() {
        for (number, trigger) in function.triggers.iter().enumerate() {
            triggered(index, function, number, trigger, app, overlay, problems);
        }
    }
}

/// The resource of the overlay that the struct stands for.
fn id(resource: &Resource) -> Option<&str> {
    match &resource.existing {
        Some(Existing::Overlay(id)) => Some(id.as_str()),
        _ => None,
    }
}

/// The ids of the overlay's resources of this kind.
fn of_kind(kind: Kind, overlay: &Overlay) -> Vec<&str> {
    let fits = |entry: &&Entry| entry.kind().is_some_and(|it| types(kind).contains(&it));
    overlay.of(Section::Resources).filter(fits).map(|entry| entry.name.as_str()).collect()
}

fn missing(item: Item, kind: Kind, id: &str, overlay: &Overlay, problems: &mut Problems) {
    let at = At::Key("existing".to_owned());
    if !overlay.named {
        problems
            .push(item, at, "this package has no overlay")
            .help("name it in Cargo.toml, under `[package.metadata.skylift]`: `overlay = \"infra/extra.yaml\"`");
        return;
    }
    let known = of_kind(kind, overlay);
    let problem = problems.push(item, at, format!("the overlay has no resource `{id}`"));
    let near = suggest::nearest(id, known.iter().copied());
    problem.help(match (near, known.as_slice()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, []) => format!("give the overlay one of type `{}`", types(kind)[0]),
        (None, known) => {
            format!("of type `{}` it has {}", types(kind)[0], suggest::list(known.iter().copied()))
        }
    });
}

fn of_type(
    item: Item,
    resource: &Resource,
    entry: &Entry,
    overlay: &Overlay,
    problems: &mut Problems,
) {
    let (kind, id) = (resource.kind(), &entry.name);
    let at = At::Key("existing".to_owned());
    // One that a macro makes has its type from there.
    let Some(found) = entry.kind() else { return };
    if !types(kind).contains(&found) {
        let message =
            format!("`{id}` at {} is of type `{found}`, not {}", entry.origin, kind.with_article());
        let others = of_kind(kind, overlay);
        let problem = problems.push(item, at, message);
        problem.help(match suggest::nearest(id, others.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if others.is_empty() => {
                format!("{} has the type `{}`", kind.with_article(), types(kind)[0])
            }
            None => format!("the overlay's are {}", suggest::list(others)),
        });
        return;
    }
    let (fifo, property) = match &resource.settings {
        Settings::Queue(queue) => (queue.fifo, "FifoQueue"),
        Settings::Topic(topic) => (topic.fifo, "FifoTopic"),
        _ => return,
    };
    let theirs = match property_at(entry, &[property]) {
        Found::Value(value) => truth(value),
        Found::Nothing => Some(false),
        Found::Later => None,
    };
    if let Some(theirs) = theirs.filter(|theirs| *theirs != fifo) {
        let (kind, a) = (kind.as_str(), if theirs { "a" } else { "no" });
        let message = format!("`{id}` at {} is {a} FIFO {kind}", entry.origin);
        problems.push(item, at, message).help(if theirs {
            "write `fifo` beside it"
        } else {
            "leave `fifo` out"
        });
    }
}

/// A bucket or a table that keeps its events to itself, or a queue that shows a message again while the
/// function is still at it: nothing of it would be seen before the stack is deployed.
fn triggered(
    index: usize,
    function: &Function,
    number: usize,
    trigger: &Trigger,
    app: &App,
    overlay: &Overlay,
    problems: &mut Problems,
) {
    let Some(uses) = trigger.uses() else { return };
    let Some(entry) = app.resource(uses.ident).and_then(id).and_then(|it| overlay.resource(it))
    else {
        return;
    };
    if entry.kind().is_none_or(|it| !types(uses.kind).contains(&it)) {
        return;
    }
    let (item, at) = (Item::Function(index), At::trigger_key(number, uses.key));
    let (id, origin) = (&entry.name, &entry.origin);
    match trigger {
        Trigger::S3(_) => {
            let path = ["NotificationConfiguration", "EventBridgeConfiguration"];
            let tells = match property_at(entry, &path) {
                Found::Nothing => false,
                Found::Value(Node::Map(map)) => {
                    map.get("EventBridgeEnabled").and_then(truth).unwrap_or(true)
                }
                Found::Value(_) | Found::Later => true,
            };
            if !tells {
                let message =
                    format!("bucket `{id}` at {origin} does not send its events to EventBridge");
                problems.push(item, at, message).help(
                    "give it this property: `NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } }`",
                );
            }
        }
        Trigger::Sqs(_) => {
            let visible = match property_at(entry, &["VisibilityTimeout"]) {
                Found::Nothing => Some(limits::SQS_DEFAULT_VISIBILITY_SECONDS),
                Found::Value(Node::Int(seconds)) => u32::try_from(*seconds).ok(),
                Found::Value(Node::Str(seconds)) => seconds.parse().ok(),
                Found::Value(_) | Found::Later => None,
            };
            let timeout = function.timeout(&app.defaults).get();
            if let Some(visible) = visible.filter(|visible| *visible < timeout) {
                let times = limits::SQS_VISIBILITY_ADVISED_TIMEOUTS;
                let advised = timeout * times;
                let message = format!(
                    "messages of `{id}` at {origin} are visible again after {visible} s, before this function's timeout of {timeout} s is over"
                );
                problems.push(item, at, message).help(format!("Lambda refuses such a queue: give it a `VisibilityTimeout` of {advised}, {times} times the timeout, or lower the timeout"));
            }
        }
        Trigger::DynamoDb(_) => {
            // SAM's own type of table has no property for a stream.
            if matches!(property_at(entry, &["StreamSpecification"]), Found::Nothing) {
                let message = format!("table `{id}` at {origin} has no stream");
                problems.push(item, at, message).help(
                    "let it tell of its changes, by this property of `AWS::DynamoDB::Table`: `StreamSpecification: { StreamViewType: NEW_AND_OLD_IMAGES }`",
                );
            }
        }
        _ => {}
    }
}

/// What stands at a path in the properties of a resource.
enum Found<'a> {
    Value(&'a Node),
    Nothing,
    /// What is there is known when the stack is deployed.
    Later,
}

fn property_at<'a>(entry: &'a Entry, path: &[&str]) -> Found<'a> {
    let mut node = &entry.node;
    for key in ["Properties"].iter().chain(path) {
        node = match node {
            Node::Map(map) if !is_intrinsic(map) => match map.get(key) {
                Some(node) => node,
                None => return Found::Nothing,
            },
            _ => return Found::Later,
        };
    }
    match node {
        Node::Tag(..) => Found::Later,
        Node::Map(map) if is_intrinsic(map) => Found::Later,
        node => Found::Value(node),
    }
}

fn is_intrinsic(map: &Map) -> bool {
    map.iter().any(|(key, _)| key == "Ref" || key.starts_with("Fn::"))
}

/// The truth value, which CloudFormation takes as text too.
fn truth(node: &Node) -> Option<bool> {
    match node {
        Node::Bool(truth) => Some(*truth),
        Node::Str(text) => text.to_lowercase().parse().ok(),
        _ => None,
    }
}
