//! The input of the check of a source: its triggers with their functions, and the resources of the
//! application. This module also has the checks that several sources share.

use std::collections::HashMap;
use std::fmt;

use super::waiting_service::WaitingService;
use crate::aws::mapping::failure_destination;
use crate::aws::value::{ArnReference, ResourceReference};
use crate::location::{SourceLocation, TriggerIndex};
use crate::message::Message;
use crate::messages::triggers as messages;
use crate::problem::{ItemIndex, PlaceInItem, Problems};
use crate::resource::KnownBy;
use crate::resource::{Existing, Resource, ResourceIdentity, ResourceKind};

/// The function that a trigger invokes.
#[derive(Debug, Clone, Copy)]
pub struct TriggeredFunction<'a> {
    /// The path of the function's handler.
    pub handler: &'a str,
    /// The location of the function in the source code.
    pub origin: &'a SourceLocation,
    /// The timeout of the function in seconds, with the application's default applied.
    pub timeout: u32,
    /// The name of the template parameter that is the timeout, if one is. `timeout` is its greatest value.
    pub timeout_parameter: Option<&'a str>,
    /// Whether the function has no timeout of its own, and the application sets a default.
    pub has_default_timeout: bool,
    /// Whether the function resumes its work in further invocations.
    pub resumes: bool,
}

/// A trigger with its index and its function.
#[derive(Debug, Clone, Copy)]
pub struct LocatedTrigger<'a, Trigger> {
    /// The index of the trigger in the application.
    pub index: TriggerIndex,
    /// The trigger.
    pub trigger: &'a Trigger,
    /// The function that the trigger invokes.
    pub function: TriggeredFunction<'a>,
}

impl<'a, Trigger> LocatedTrigger<'a, Trigger> {
    /// Returns the same index and function with another view of the trigger.
    pub(super) fn with_trigger<Other>(&self, trigger: &'a Other) -> LocatedTrigger<'a, Other> {
        LocatedTrigger { index: self.index, trigger, function: self.function }
    }

    /// Describes the trigger's function for a message that is reported at the trigger `from`. If both triggers
    /// belong to the same function, the description says so.
    pub(super) fn describe_from(&self, from: TriggerIndex) -> String {
        if self.index.function == from.function {
            return messages::same_function();
        }
        let TriggeredFunction { handler, origin, .. } = self.function;
        messages::another_function(handler, origin)
    }
}

/// Checks that the timeout of the trigger's function is not longer than the service waits. Returns `true` if it is longer,
/// after a problem was recorded.
pub(super) fn check_timeout<T>(
    located: &LocatedTrigger<'_, T>,
    service: WaitingService,
    problems: &mut Problems,
) -> bool {
    let function = located.function;
    let is_too_long = function.timeout > service.seconds;
    let at = PlaceInItem::key("timeout");
    if is_too_long && function.has_default_timeout {
        problems.push_for_defaults(
            at,
            messages::default_timeout_too_long(
                function.handler,
                function.timeout,
                function.timeout_parameter,
                service,
            ),
        );
    } else if is_too_long {
        let item = ItemIndex::Function(located.index.function);
        problems.push(
            item,
            at,
            messages::timeout_too_long(function.timeout, function.timeout_parameter, service),
        );
    }
    is_too_long
}

/// The resources of an application, by the identifiers of their structs. Views are not among them: they have no events.
#[derive(Debug, Default)]
pub struct ResourcesByIdent<'a>(HashMap<&'a str, &'a Resource>);

impl<'a> FromIterator<&'a Resource> for ResourcesByIdent<'a> {
    fn from_iter<All: IntoIterator<Item = &'a Resource>>(all: All) -> Self {
        let mut resources = HashMap::new();
        for resource in all.into_iter().filter(|it| it.view.is_none()) {
            resources.entry(resource.ident.as_str()).or_insert(resource);
        }
        Self(resources)
    }
}

impl<'a> ResourcesByIdent<'a> {
    /// Returns the resource with this identifier. Returns `None` if `ident` is `None`, or if no such resource
    /// is declared.
    pub(crate) fn find(&self, ident: Option<&str>) -> Option<&'a Resource> {
        self.0.get(ident?).copied()
    }

    /// Returns the identity of the resource of this kind that a reference names. Returns `None` for a resource that
    /// Skylift adds, and for one that is not declared.
    pub(crate) fn identify<Name: fmt::Display>(
        &self,
        kind: ResourceKind,
        reference: &ResourceReference<Name>,
    ) -> Option<ResourceIdentity> {
        let known_by = match reference {
            ResourceReference::Own => return None,
            ResourceReference::Declared(ident) => {
                let resource = self.find(Some(ident)).filter(|it| it.kind() == kind);
                return resource.map(Resource::identity);
            }
            ResourceReference::Named(name) => KnownBy::Name(name.to_string()),
            ResourceReference::Arn(arn) => return Some(ResourceIdentity::from_arn(kind, arn)),
            ResourceReference::Param(name) => KnownBy::Parameter(name.to_string()),
        };
        Some(ResourceIdentity { kind, known_by })
    }

    /// Follows a reference to a `#[resource]` that names an existing resource, and returns a reference to
    /// the existing resource. Returns any other reference unchanged.
    pub(crate) fn resolve<Name>(
        &self,
        reference: &ResourceReference<Name>,
    ) -> ResourceReference<Name>
    where
        Name: Clone + for<'text> TryFrom<&'text str>,
    {
        let resource = self.find(reference.declared());
        match resource.and_then(|resource| resource.existing.as_ref()) {
            Some(Existing::Name(name)) => Name::try_from(name.as_str())
                .map_or_else(|_| reference.clone(), ResourceReference::Named),
            Some(Existing::Arn(arn)) => ResourceReference::Arn(arn.clone()),
            Some(Existing::Param(name)) => ResourceReference::Param(name.clone()),
            Some(Existing::Overlay(_) | Existing::Env(_)) | None => reference.clone(),
        }
    }
}

/// Checks that a function has at most one trigger on each event source. `source` returns the event source of a
/// trigger, and `message` reports a second trigger on one.
pub(super) fn check_one_trigger_per_source<Trigger, Source: PartialEq>(
    triggers: &[LocatedTrigger<'_, Trigger>],
    source: impl Fn(&Trigger) -> Source,
    message: &Message,
    problems: &mut Problems,
) {
    for (position, LocatedTrigger { index, trigger, .. }) in triggers.iter().enumerate() {
        let mut siblings = triggers[..position]
            .iter()
            .rev()
            .take_while(|other| other.index.function == index.function);
        let read = source(trigger);
        if siblings.any(|other| source(other.trigger) == read) {
            problems.push_for_trigger(*index, message.clone());
        }
    }
}

/// Checks that the failure destination of a trigger can receive the failed records.
pub(super) fn check_destination(
    on_failure: Option<&ArnReference>,
    index: TriggerIndex,
    resources: &ResourcesByIdent<'_>,
    problems: &mut Problems,
) {
    let resource = resources.find(on_failure.and_then(ArnReference::declared));
    if let Some(message) = resource.and_then(failure_destination::check_resource) {
        problems.push_for_trigger_key(index, failure_destination::KEY, message);
    }
}
