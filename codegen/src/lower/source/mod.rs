//! What each source is in a stack: a file for each, registered here in one line. A file has all that
//! is known of its source: the resources that a trigger is, what it is granted by the function's role,
//! how SAM's event is folded from it, and what it asks of a resource of the overlay.

mod dynamodb;
pub(crate) mod http;
mod kinesis;
mod mapping;
mod resumed;
pub(crate) mod rule;
mod s3;
mod schedule;
mod sqs;

use std::collections::HashMap;

use skylift_model::aws::node::Node;
use skylift_model::source::Trigger;
use skylift_model::{App, Function};

use super::resource::Fed;
use crate::overlay::Entry;
use crate::stack::{Cause, Event, Part, Resource, Role, SamEvent};

pub(crate) use resumed::resumed;

/// What a source knows of its triggers.
pub(crate) trait Source {
    /// Adds what the trigger is.
    fn lower(&self, of: &Of<'_>, to: &mut Lowered);

    /// What keeps the trigger from working on this resource of the overlay, which is of the right
    /// type: the message and what to do.
    fn check_overlay(&self, _entry: &Entry, _of: &Of<'_>) -> Option<(String, String)> {
        None
    }
}

macro_rules! sources {
    ($($module:ident: $Source:ident,)*) => {
        /// What the trigger's source knows of it.
        pub(crate) fn of(trigger: &Trigger) -> &dyn Source {
            match trigger {
                $(Trigger::$Source(trigger) => trigger,)*
            }
        }
    };
}

sources! {
    s3: S3,
    schedule: Schedule,
    http: Http,
    sqs: Sqs,
    kinesis: Kinesis,
    dynamodb: DynamoDb,
}

/// Where a trigger stands.
pub(crate) struct Of<'a> {
    pub(crate) app: &'a App,
    pub(crate) function: &'a Function,
    /// The function's index.
    pub(crate) index: usize,
    /// What of the function it is.
    pub(crate) cause: Cause,
}

/// What Lambda does with the function's own role: actions, and on what.
pub(crate) type Calls = Vec<(&'static [&'static str], Node)>;

/// What the triggers of a function are, in their order.
#[derive(Debug, Default)]
pub(crate) struct Lowered {
    pub(crate) events: Vec<Event>,
    /// Resources for which SAM has no event.
    pub(crate) beside: Vec<Resource>,
    pub(crate) calls: Calls,
    /// What is asked of the resources that the triggers stand on, by their identifiers.
    pub(crate) asked: Vec<(String, Asked)>,
}

/// What a trigger asks of the resource that it stands on: notifications, and the permission for them.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) permission: String,
    pub(crate) notifications: Vec<Node>,
}

impl Lowered {
    /// A name for an event: the stem, numbered from the second of its kind on.
    pub(crate) fn name(&self, stem: &str) -> String {
        let taken = |name: &str| self.events.iter().any(|event| event.name == name);
        let mut name = stem.to_owned();
        let mut number = 2;
        while taken(&name) {
            name = format!("{stem}{number}");
            number += 1;
        }
        name
    }

    /// Adds an event of these resources, each with what stands behind the event's id in its own.
    pub(crate) fn event(
        &mut self,
        name: String,
        resources: Vec<Resource>,
        fold: fn(Event) -> SamEvent,
    ) {
        self.events.push(Event { name, resources, route: None, fold });
    }

    /// Adds a resource, where no other trigger of the function has.
    fn once(&mut self, resource: Resource) {
        if self.beside.iter().all(|known| known.id != resource.id) {
            self.beside.push(resource);
        }
    }

    /// Lets Lambda make these calls, where it may not yet.
    fn allow(&mut self, calls: Calls) {
        for call in calls {
            if !self.calls.contains(&call) {
                self.calls.push(call);
            }
        }
    }
}

impl Of<'_> {
    /// The part that a resource of the event with this name plays.
    pub(crate) fn part(&self, event: &str) -> Part {
        Part::of_function(self.index, Role::Event(event.to_owned(), self.cause))
    }
}

/// What the functions want of the resources that invoke them, by the resources' identifiers.
pub(crate) fn fed<'a>(app: &'a App, lowered: &mut [Lowered]) -> HashMap<&'a str, Fed> {
    let mut all: HashMap<&str, Fed> = HashMap::new();
    for ((function, of), _) in app.functions.iter().zip(lowered).zip(0..) {
        let timeout = function.timeout(&app.defaults).get();
        for uses in function.triggers.iter().filter_map(|trigger| trigger.uses()) {
            let fed = all.entry(uses.ident).or_default();
            fed.timeout = fed.timeout.max(Some(timeout));
        }
        for (ident, asked) in of.asked.drain(..) {
            let Some(resource) = app.resource(&ident) else { continue };
            let fed = all.entry(resource.ident.as_str()).or_default();
            if !fed.permissions.contains(&asked.permission) {
                fed.permissions.push(asked.permission);
            }
            fed.notifications.extend(asked.notifications);
        }
    }
    // What a function brings feeds it, also where no trigger says so.
    for resource in &app.resources {
        if let Some(owner) = resource.owner.and_then(|owner| app.functions.get(owner)) {
            let fed = all.entry(resource.ident.as_str()).or_default();
            fed.timeout = fed.timeout.max(Some(owner.timeout(&app.defaults).get()));
        }
    }
    all
}

/// What an event is called after the name of what it brings; a name without a letter or digit gives none,
/// and the event is called after its source.
fn event_stem(name: &str, source: &str) -> String {
    let stem = super::text::camel(name);
    if stem.is_empty() { source.to_owned() } else { stem }
}

/// What names a resource behind the function's own id: a resource that the function brought has
/// that id in front already.
fn stem<'a>(resource: &'a skylift_model::resource::Resource, function: &Function) -> &'a str {
    let id = resource.id.as_str();
    let own = resource.owner.and_then(|_| id.strip_prefix(function.id.as_str()));
    own.filter(|rest| !rest.is_empty()).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_called_after_its_source_where_a_name_has_no_letter() {
        assert_eq!(event_stem("clicks-of_acme", "Kinesis"), "ClicksOfAcme");
        assert_eq!(event_stem("___", "Kinesis"), "Kinesis");
        assert_eq!(event_stem("---", "SQS"), "SQS");
    }
}
