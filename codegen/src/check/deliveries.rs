//! Lists the ways by which writes to resources reach functions beside the application's triggers: subscriptions and
//! mappings of the overlay, and notifications in the `properties` of buckets. Those with a filter are not listed,
//! because they may leave out what a function writes.

use std::collections::HashSet;

use skylift_model::App;
use skylift_model::aws::node::{Map, Node};
use skylift_model::check::{Delivery, DeliveryTarget};
use skylift_model::resource::{Existing, Resource, ResourceIdentity, ResourceSettings};

use crate::overlay::{Overlay, OverlayEntry, Section, parse_bool};
use crate::stack::references::add_references;

/// How a resource of the overlay delivers: its type, the property that names where the writes come from, the property
/// that names where they go, and the property that filters them.
const DELIVERING: &[(&str, &str, &str, &str)] = &[
    ("AWS::SNS::Subscription", "TopicArn", "Endpoint", "FilterPolicy"),
    ("AWS::Lambda::EventSourceMapping", "EventSourceArn", "FunctionName", "FilterCriteria"),
];

/// The lists of a bucket's notifications, each with the property that names its target.
const NOTIFICATIONS: &[(&str, &str)] =
    &[("QueueConfigurations", "Queue"), ("TopicConfigurations", "Topic")];

/// The beginning of the event types of objects that are created.
const CREATED: &str = "s3:ObjectCreated:";

/// Returns the deliveries of the overlay and of the properties of buckets.
pub(crate) fn list_deliveries(app: &App, overlay: &Overlay) -> Vec<Delivery> {
    let entries = overlay.entries_of(Section::Resources);
    let of_overlay = entries.filter_map(|entry| read_delivery(entry, app));
    let of_resources = app
        .resources
        .iter()
        .flat_map(|it| list_notifications(it, app).into_iter().chain(list_tasks(it, app)));
    of_overlay.chain(of_resources).collect()
}

/// Returns the delivery that a resource of the overlay makes. Returns `None` if it makes none, or has a filter.
fn read_delivery(entry: &OverlayEntry, app: &App) -> Option<Delivery> {
    let (_, from, to, filter) = DELIVERING.iter().find(|(kind, ..)| entry.kind() == Some(*kind))?;
    let Node::Map(entry) = &entry.node else { return None };
    let Some(Node::Map(properties)) = entry.get("Properties") else { return None };
    let is_off = properties.get("Enabled").and_then(parse_bool) == Some(false);
    if is_off || properties.get(filter).is_some() {
        return None;
    }
    let from = properties.get(from).and_then(|node| find_resource(node, app))?;
    Some(Delivery { from, to: find_target(properties.get(to)?, app)? })
}

/// Returns the deliveries of the notifications that the `properties` of a bucket set.
fn list_notifications(bucket: &Resource, app: &App) -> Vec<Delivery> {
    let Some(Node::Map(notifications)) = bucket.properties.get("NotificationConfiguration") else {
        return Vec::new();
    };
    let mut deliveries = Vec::new();
    for (list, target) in NOTIFICATIONS {
        let Some(Node::Seq(items)) = notifications.get(list) else { continue };
        let follows = |item: &&Map| {
            let event = item.get("Event");
            item.get("Filter").is_none()
                && matches!(event, Some(Node::Str(event)) if event.starts_with(CREATED))
        };
        let maps = items.iter().filter_map(|item| match item {
            Node::Map(map) => Some(map),
            _ => None,
        });
        for item in maps.filter(follows) {
            let to = item.get(target).and_then(|node| find_target(node, app));
            deliveries.extend(to.map(|to| Delivery { from: bucket.identity(), to }));
        }
    }
    deliveries
}

/// Returns the deliveries of a state machine to the functions that its states call.
fn list_tasks(machine: &Resource, app: &App) -> Vec<Delivery> {
    let ResourceSettings::StateMachine(settings) = &machine.settings else { return Vec::new() };
    let index = |ident: &str| app.functions.iter().position(|it| it.ident() == ident);
    let delivery = |to| Delivery { from: machine.identity(), to: DeliveryTarget::Function(to) };
    settings.functions().filter_map(index).map(delivery).collect()
}

/// Returns the function or the resource of the application that a node refers to.
fn find_target(node: &Node, app: &App) -> Option<DeliveryTarget> {
    let references = references(node);
    let function = app.functions.iter().position(|it| references.contains(it.id.as_str()));
    function
        .map(DeliveryTarget::Function)
        .or_else(|| find_resource(node, app).map(DeliveryTarget::Resource))
}

/// Returns the resource of the application that a node refers to, which can be a resource of the overlay.
fn find_resource(node: &Node, app: &App) -> Option<ResourceIdentity> {
    let references = references(node);
    let is_meant = |resource: &&Resource| match &resource.existing {
        None => references.contains(resource.id.as_str()),
        Some(Existing::Overlay(id)) => references.contains(id.as_str()),
        Some(_) => false,
    };
    app.resources.iter().filter(|it| it.view.is_none()).find(is_meant).map(Resource::identity)
}

/// Returns the logical ids that a node refers to.
fn references(node: &Node) -> HashSet<&str> {
    let mut references = HashSet::new();
    add_references(node, &mut references);
    references
}

#[cfg(test)]
mod tests {
    use skylift_model::SourceLocation;
    use skylift_model::access::Access;
    use skylift_model::aws::value::ResourceReference;

    use super::*;
    use crate::fixtures;

    fn entry(kind: &str, properties: Map) -> OverlayEntry {
        OverlayEntry {
            section: Section::Resources,
            name: "Extra".to_owned(),
            node: Map::new().with("Type", kind).with("Properties", properties).into(),
            origin: SourceLocation::default(),
            references: Vec::new(),
        }
    }

    /// Returns the messages about loops of a function that is triggered by `Queue` and has a capability.
    fn loops(
        access: Access,
        resource: &str,
        entries: Vec<OverlayEntry>,
        bucket: Map,
    ) -> Vec<String> {
        let queue = ResourceReference::Declared("Queue".to_owned());
        let mut function = fixtures::function("Take");
        function.triggers = vec![fixtures::sqs(queue).into()];
        let function = fixtures::with_capability(function, access, resource);
        let mut resources = fixtures::one_of_each();
        let uploads = resources.iter_mut().find(|it| it.ident == "Bucket").unwrap();
        uploads.properties = bucket;
        let app = fixtures::app(vec![function], resources);
        let overlay = Overlay { entries, ..Overlay::default() };
        let deliveries = list_deliveries(&app, &overlay);
        let problems = skylift_model::check::check(&app, &[], &deliveries);
        problems.into_iter().map(|it| it.message.text).collect()
    }

    fn subscription(endpoint: &str) -> Map {
        Map::new()
            .with("TopicArn", Node::reference("Topic"))
            .with("Endpoint", Node::attribute(endpoint, "Arn"))
    }

    const SUBSCRIPTION: &str = "AWS::SNS::Subscription";
    const MAPPING: &str = "AWS::Lambda::EventSourceMapping";

    #[test]
    fn a_loop_through_the_overlay_is_found() {
        let found = |access, resource, kind, properties| {
            loops(access, resource, vec![entry(kind, properties)], Map::new())
        };
        let message = ["a loop: `Take` publishes to topic `Topic`, which triggers `Take`"];
        for endpoint in ["Take", "Queue"] {
            let publish = |properties| found(Access::Publish, "Topic", SUBSCRIPTION, properties);
            assert_eq!(publish(subscription(endpoint)), message, "{endpoint}");
            let filtered = subscription(endpoint).with("FilterPolicy", Map::new());
            assert_eq!(publish(filtered), [""; 0]);
        }
        let mapping = Map::new()
            .with("EventSourceArn", Node::attribute("Stream", "Arn"))
            .with("FunctionName", Node::reference("Take"));
        let put = |properties| found(Access::Put, "Stream", MAPPING, properties);
        let message = ["a loop: `Take` puts into stream `Stream`, which triggers `Take`"];
        assert_eq!(put(mapping.clone()), message);
        assert_eq!(put(mapping.with("Enabled", false)), [""; 0]);
    }

    #[test]
    fn a_loop_through_the_notifications_of_a_bucket_is_found() {
        let notifications = |event: &str, filter: bool| {
            let mut item =
                Map::new().with("Event", event).with("Queue", Node::attribute("Queue", "Arn"));
            if filter {
                item.set("Filter", Map::new());
            }
            let lists = Map::new().with("QueueConfigurations", vec![Node::from(item)]);
            Map::new().with("NotificationConfiguration", lists)
        };
        let found = |bucket| loops(Access::Write, "Bucket", Vec::new(), bucket);
        assert_eq!(
            found(notifications("s3:ObjectCreated:*", false)),
            ["a loop: `Take` writes to bucket `Bucket`, which triggers `Take`"]
        );
        assert_eq!(found(notifications("s3:ObjectCreated:*", true)), [""; 0]);
        assert_eq!(found(notifications("s3:ObjectRemoved:*", false)), [""; 0]);
    }
}
