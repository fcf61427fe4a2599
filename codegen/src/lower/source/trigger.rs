//! The trait that every source implements, and the state while the triggers of a function are lowered.

use std::borrow::Cow;
use std::fmt::Display;

use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::value::ResourceReference;
use skylift_model::message::Message;
use skylift_model::resource::{Existing, Resource as Declared, ResourceKind, name_from_arn};
use skylift_model::{App, Function};

use crate::lower::resource;
pub(crate) use crate::lower::resource::Notifications;
use crate::lower::text::camel_case;
use crate::overlay::{Overlay, OverlayEntry};
use crate::stack::{Cause, Event, IdOwner, OverlayAddition, Purpose, Resource, SamEvent};

/// Lowers triggers of one source. The model's data of each source's trigger implement the trait.
pub(crate) trait LowerTrigger {
    /// Adds the events and resources of the trigger to those of its function.
    fn lower(&self, context: &TriggerContext<'_>, lowered: &mut LoweredTriggers);

    /// Returns the resource of the overlay that the trigger names itself, without a struct. Returns `None` if it names
    /// none.
    fn overlay_resource(&self) -> Option<TriggerOverlayResource<'_>> {
        None
    }

    /// Returns a message if the trigger cannot work on a resource of the overlay, and `None` if it can. The caller
    /// has checked that the resource has the right type.
    fn check_overlay(
        &self,
        _entry: &OverlayEntry,
        _context: &TriggerContext<'_>,
    ) -> Option<Message> {
        None
    }

    /// Returns the messages about resources of the overlay that the trigger does not name, and that use its function.
    fn check_users_in_overlay(
        &self,
        _overlay: &Overlay,
        _context: &TriggerContext<'_>,
    ) -> Vec<Message> {
        Vec::new()
    }
}

/// A resource of the overlay that a trigger names.
pub(crate) struct TriggerOverlayResource<'a> {
    /// The key of the trigger that names the resource.
    pub(crate) key: &'static str,
    /// The logical id of the resource.
    pub(crate) id: &'a str,
    /// The noun for the kind that the resource has to be, with its article, and its CloudFormation type.
    pub(crate) kind: (&'static str, &'static str),
    /// Returns whether the resource can have this CloudFormation type.
    pub(crate) accepts: fn(&str) -> bool,
}

/// The function whose trigger or setting is lowered, and the place of the trigger or setting in the function's
/// attribute.
pub(crate) struct TriggerContext<'a> {
    pub(crate) app: &'a App,
    pub(crate) function: &'a Function,
    /// The index of the function in `App::functions`.
    pub(crate) index: usize,
    /// The trigger or setting that is lowered.
    pub(crate) cause: Cause,
}

/// API calls that Lambda makes with a function's role. Each entry has the actions and the ARN of the resource.
pub(crate) type RoleCalls = Vec<(Cow<'static, [&'static str]>, Node)>;

/// The lowered triggers of a function, in the order of the triggers.
#[derive(Debug, Default)]
pub(crate) struct LoweredTriggers {
    pub(crate) events: Vec<Event>,
    /// The resources of the triggers that have no SAM event.
    pub(crate) other_resources: Vec<Resource>,
    pub(crate) calls: RoleCalls,
    /// The properties that the triggers add to resources of the overlay.
    pub(crate) overlay_additions: Vec<OverlayAddition>,
    /// The requirements of the triggers, each with the identifier of the struct whose resource has to fulfil it.
    pub(crate) requirements: Vec<(String, ResourceRequirements)>,
}

/// The requirements of a trigger for a resource of the application.
#[derive(Debug, Default)]
pub(crate) struct ResourceRequirements {
    /// The id of the permission that must exist before a bucket sends notifications.
    pub(crate) permission: Option<String>,
    /// The notifications that a bucket has to send.
    pub(crate) notifications: Notifications,
    /// Whether a bucket has to send its events to EventBridge.
    pub(crate) event_bridge: bool,
    /// Whether a FIFO queue has to find repeated messages by their content.
    pub(crate) deduplicates_content: bool,
    /// The statements of the resource's own policy.
    pub(crate) statements: Vec<Map>,
    /// The service that needs the KMS key of the resource. `None` if only callers of this account need it.
    pub(crate) key_user: Option<&'static str>,
}

impl LoweredTriggers {
    /// Returns a name for an event that no other event of the function has: `stem`, followed by a number if the
    /// name is taken.
    pub(crate) fn unique_name(&self, stem: &str) -> String {
        let taken = |name: &str| self.events.iter().any(|event| event.name == name);
        let mut name = stem.to_owned();
        let mut number = 2;
        while taken(&name) {
            name = format!("{stem}{number}");
            number += 1;
        }
        name
    }

    /// Adds an event with these resources; `fold` converts the event to SAM's event.
    pub(crate) fn add_event(
        &mut self,
        name: String,
        resources: Vec<Resource>,
        fold: fn(Event) -> SamEvent,
    ) {
        self.events.push(Event { name, resources, route: None, fold });
    }

    /// Adds a resource, unless another trigger of the function has already added a resource with the same id.
    pub(super) fn add_resource_once(&mut self, resource: Resource) {
        if self.other_resources.iter().all(|known| known.id != resource.id) {
            self.other_resources.push(resource);
        }
    }

    /// Adds API calls that Lambda makes with the function's role, unless the function's triggers have them already.
    pub(super) fn add_calls(&mut self, calls: RoleCalls) {
        for call in calls {
            if !self.calls.contains(&call) {
                self.calls.push(call);
            }
        }
    }
}

impl TriggerContext<'_> {
    /// Returns the owner of a resource that belongs to the event with the name `event`.
    pub(crate) fn event_owner(&self, event: &str) -> IdOwner {
        IdOwner::for_function(self.index, Purpose::Event(event.to_owned(), self.cause))
    }
}

/// Returns the event's name and the ARN of a queue or a stream that a trigger names without a struct. Returns
/// `None` if a struct declares the queue or stream, or if it is the function's own.
pub(super) fn undeclared_source<Name: Display>(
    reference: &ResourceReference<Name>,
    kind: ResourceKind,
    source: &str,
) -> Option<(String, Node)> {
    let (stem, existing) = undeclared_existing(reference, source)?;
    Some((stem, resource::existing_arn(kind, &existing)))
}

/// Returns the queue or stream that a trigger names without a struct, and the name of an event for it. Returns `None`
/// if a struct declares the queue or stream, or if it is the function's own.
pub(crate) fn undeclared_existing<Name: Display>(
    reference: &ResourceReference<Name>,
    source: &str,
) -> Option<(String, Existing)> {
    match reference {
        ResourceReference::Declared(_) | ResourceReference::Own => None,
        ResourceReference::Named(name) => {
            let name = name.to_string();
            Some((event_stem(&name, source), Existing::Name(name)))
        }
        ResourceReference::Arn(arn) => {
            let stem = event_stem(name_from_arn(arn).unwrap_or_default(), source);
            Some((stem, Existing::Arn(arn.clone())))
        }
        ResourceReference::Param(name) => {
            Some((camel_case(name.as_str()), Existing::Param(name.clone())))
        }
    }
}

/// Returns the name of an event for a resource with the name `name`: the name in camel case, or the source's name
/// if `name` has no letter or digit.
pub(super) fn event_stem(name: &str, source: &str) -> String {
    let stem = camel_case(name);
    if stem.is_empty() { source.to_owned() } else { stem }
}

/// Returns the part of a logical id that names a resource and follows the function's id. It is the resource's id.
/// The id of a function's own resource already begins with the function's id, which is left out.
pub(crate) fn name_in_ids<'a>(resource: &'a Declared, function: &Function) -> &'a str {
    let id = resource.id.as_str();
    let own = resource.owner.and_then(|_| id.strip_prefix(function.id.as_str()));
    own.filter(|rest| !rest.is_empty()).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_named_after_its_source_if_a_name_has_no_letter() {
        assert_eq!(event_stem("clicks-of_acme", "Kinesis"), "ClicksOfAcme");
        assert_eq!(event_stem("___", "Kinesis"), "Kinesis");
        assert_eq!(event_stem("---", "SQS"), "SQS");
    }
}
