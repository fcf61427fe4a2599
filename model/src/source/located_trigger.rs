//! What the check of a source sees of an application: its triggers with their functions, and the resources
//! that they may name. What several sources check alike is here too.

use std::collections::HashMap;

use crate::aws::mapping::{failure_destination, stream::StreamMapping};
use crate::aws::value::{ArnReference, ResourceReference};
use crate::location::{SourceLocation, TriggerIndex};
use crate::problem::Problems;
use crate::resource::{Existing, Resource};

/// The function that a trigger invokes.
#[derive(Debug, Clone, Copy)]
pub struct TriggeredFunction<'a> {
    /// Its handler's path.
    pub handler: &'a str,
    /// Where it stands in the source.
    pub origin: &'a SourceLocation,
    /// The timeout that holds, in seconds.
    pub timeout: u32,
    /// Whether its work goes on in further invocations.
    pub resumes: bool,
}

/// A trigger in its index.
#[derive(Debug, Clone, Copy)]
pub struct LocatedTrigger<'a, Trigger> {
    /// Where it stands.
    pub index: TriggerIndex,
    /// The trigger.
    pub trigger: &'a Trigger,
    /// The function that it invokes.
    pub function: TriggeredFunction<'a>,
}

impl<'a, Trigger> LocatedTrigger<'a, Trigger> {
    /// Another view of the same trigger.
    pub(super) fn with_trigger<Other>(&self, trigger: &'a Other) -> LocatedTrigger<'a, Other> {
        LocatedTrigger { index: self.index, trigger, function: self.function }
    }

    /// The function, as a message names it to the reader of the one at `from`.
    pub(super) fn describe_from(&self, from: TriggerIndex) -> String {
        if self.index.function == from.function {
            return "another trigger of this function".to_owned();
        }
        let TriggeredFunction { handler, origin, .. } = self.function;
        format!("function `{handler}` at {origin}")
    }
}

/// The resources of an application, by the identifiers of their structs.
#[derive(Debug, Default)]
pub struct ResourcesByIdent<'a>(HashMap<&'a str, &'a Resource>);

impl<'a> FromIterator<&'a Resource> for ResourcesByIdent<'a> {
    fn from_iter<All: IntoIterator<Item = &'a Resource>>(all: All) -> Self {
        let mut resources = HashMap::new();
        for resource in all {
            resources.entry(resource.ident.as_str()).or_insert(resource);
        }
        Self(resources)
    }
}

impl<'a> ResourcesByIdent<'a> {
    /// The resource of this identifier, where a trigger names one and it is declared.
    pub(super) fn find(&self, ident: Option<&str>) -> Option<&'a Resource> {
        self.0.get(ident?).copied()
    }

    /// The reference to what it leads to in the end: a `#[resource]` may be one that exists already.
    pub(super) fn resolve<Name>(
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
            Some(Existing::Overlay(_)) | None => reference.clone(),
        }
    }
}

/// Lambda maps a source to a function once. `of` is what a trigger reads from, `what` its name.
pub(super) fn check_one_trigger_per_source<Trigger, Of: PartialEq>(
    triggers: &[LocatedTrigger<'_, Trigger>],
    of: impl Fn(&Trigger) -> Of,
    what: &str,
    problems: &mut Problems,
) {
    for (position, LocatedTrigger { index, trigger, .. }) in triggers.iter().enumerate() {
        let mut siblings = triggers[..position]
            .iter()
            .rev()
            .take_while(|other| other.index.function == index.function);
        let from = of(trigger);
        if siblings.any(|other| of(other.trigger) == from) {
            let message = format!("this function has a trigger on the same {what} already");
            problems
                .push_for_trigger(*index, message)
                .help(format!("Lambda maps a {what} to a function once: merge the two triggers"));
        }
    }
}

/// What Lambda gives up goes to something that takes it.
pub(super) fn check_destination(
    mapping: &StreamMapping,
    index: TriggerIndex,
    resources: &ResourcesByIdent<'_>,
    problems: &mut Problems,
) {
    let named = mapping.on_failure.as_ref().and_then(ArnReference::declared);
    if let Some((message, help)) = resources.find(named).and_then(failure_destination::check) {
        problems.push_for_trigger_key(index, failure_destination::KEY, message).help(help);
    }
}
