//! What the triggers of a function are while they are lowered, and what every source says of its own.

use std::borrow::Cow;
use std::fmt::Display;

use skylift_model::aws::node::Node;
use skylift_model::aws::value::ResourceReference;
use skylift_model::resource::{Existing, Resource as Declared, ResourceKind, name_from_arn};
use skylift_model::{App, Function};

use crate::lower::resource;
use crate::lower::text::camel;
use crate::overlay::Entry;
use crate::stack::{Cause, Event, Part, Purpose, Resource, SamEvent};

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
pub(crate) type Calls = Vec<(Cow<'static, [&'static str]>, Node)>;

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
    pub(super) fn once(&mut self, resource: Resource) {
        if self.beside.iter().all(|known| known.id != resource.id) {
            self.beside.push(resource);
        }
    }

    /// Lets Lambda make these calls, where it may not yet.
    pub(super) fn allow(&mut self, calls: Calls) {
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
        Part::of_function(self.index, Purpose::Event(event.to_owned(), self.cause))
    }
}

/// A queue or a stream that a trigger names without a struct: what its event is called, and its ARN. None for one
/// that is declared, or that the trigger brings.
pub(super) fn undeclared<Name: Display>(
    reference: &ResourceReference<Name>,
    kind: ResourceKind,
    source: &str,
) -> Option<(String, Node)> {
    let (stem, existing) = match reference {
        ResourceReference::Declared(_) | ResourceReference::Own => return None,
        ResourceReference::Named(name) => {
            let name = name.to_string();
            (event_stem(&name, source), Existing::Name(name))
        }
        ResourceReference::Arn(arn) => {
            (event_stem(name_from_arn(arn).unwrap_or_default(), source), Existing::Arn(arn.clone()))
        }
        ResourceReference::Param(name) => (camel(name.as_str()), Existing::Param(name.clone())),
    };
    Some((stem, resource::existing_arn(kind, &existing)))
}

/// What an event is called after the name of what it brings; a name without a letter or digit gives none,
/// and the event is called after its source.
pub(super) fn event_stem(name: &str, source: &str) -> String {
    let stem = camel(name);
    if stem.is_empty() { source.to_owned() } else { stem }
}

/// What names a resource behind the function's own id: a resource that the function brought has
/// that id in front already.
pub(super) fn stem<'a>(resource: &'a Declared, function: &Function) -> &'a str {
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
