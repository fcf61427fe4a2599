//! What the check of a source sees of an application: its triggers with their functions, and the resources
//! that they may name. What several sources check alike is here too.

use std::collections::HashMap;

use crate::aws::mapping::{destination, stream::StreamMapping};
use crate::aws::value::{Named, Reference};
use crate::place::{Origin, Place};
use crate::problem::Problems;
use crate::resource::{Existing, Resource};

/// The function that a trigger invokes.
#[derive(Debug, Clone, Copy)]
pub struct Invoked<'a> {
    /// Its handler's path.
    pub handler: &'a str,
    /// Where it stands in the source.
    pub origin: &'a Origin,
    /// The timeout that holds, in seconds.
    pub timeout: u32,
    /// Whether its work goes on in further invocations.
    pub resumes: bool,
}

/// A trigger in its place.
#[derive(Debug, Clone, Copy)]
pub struct Placed<'a, Trigger> {
    /// Where it stands.
    pub place: Place,
    /// The trigger.
    pub trigger: &'a Trigger,
    /// The function that it invokes.
    pub function: Invoked<'a>,
}

impl<'a, Trigger> Placed<'a, Trigger> {
    /// Another view of the same trigger.
    pub(super) fn with<Other>(&self, trigger: &'a Other) -> Placed<'a, Other> {
        Placed { place: self.place, trigger, function: self.function }
    }

    /// The function, as a message names it to the reader of the one at `from`.
    pub(super) fn named(&self, from: Place) -> String {
        if self.place.function == from.function {
            return "another trigger of this function".to_owned();
        }
        let Invoked { handler, origin, .. } = self.function;
        format!("function `{handler}` at {origin}")
    }
}

/// The resources of an application, by the identifiers of their structs.
#[derive(Debug, Default)]
pub struct Resources<'a>(HashMap<&'a str, &'a Resource>);

impl<'a> FromIterator<&'a Resource> for Resources<'a> {
    fn from_iter<All: IntoIterator<Item = &'a Resource>>(all: All) -> Self {
        let mut resources = HashMap::new();
        for resource in all {
            resources.entry(resource.ident.as_str()).or_insert(resource);
        }
        Self(resources)
    }
}

impl<'a> Resources<'a> {
    /// The resource of this identifier, where a trigger names one and it is declared.
    pub(super) fn find(&self, ident: Option<&str>) -> Option<&'a Resource> {
        self.0.get(ident?).copied()
    }

    /// The reference to what it leads to in the end: a `#[resource]` may be one that exists already.
    pub(super) fn resolve<Name>(&self, reference: &Reference<Name>) -> Reference<Name>
    where
        Name: Clone + for<'text> TryFrom<&'text str>,
    {
        let resource = self.find(reference.declared());
        match resource.and_then(|resource| resource.existing.as_ref()) {
            Some(Existing::Name(name)) => {
                Name::try_from(name.as_str()).map_or_else(|_| reference.clone(), Reference::Named)
            }
            Some(Existing::Arn(arn)) => Reference::Arn(arn.clone()),
            Some(Existing::Param(name)) => Reference::Param(name.clone()),
            Some(Existing::Overlay(_)) | None => reference.clone(),
        }
    }
}

/// Lambda maps a source to a function once. `of` is what a trigger reads from, `what` its name.
pub(super) fn check_once<Trigger, Of: PartialEq>(
    triggers: &[Placed<'_, Trigger>],
    of: impl Fn(&Trigger) -> Of,
    what: &str,
    problems: &mut Problems,
) {
    for (index, Placed { place, trigger, .. }) in triggers.iter().enumerate() {
        let mut siblings = triggers[..index]
            .iter()
            .rev()
            .take_while(|other| other.place.function == place.function);
        let from = of(trigger);
        if siblings.any(|other| of(other.trigger) == from) {
            let message = format!("this function has a trigger on the same {what} already");
            problems
                .trigger(*place, message)
                .help(format!("Lambda maps a {what} to a function once: merge the two triggers"));
        }
    }
}

/// What Lambda gives up goes to something that takes it.
pub(super) fn check_destination(
    mapping: &StreamMapping,
    place: Place,
    resources: &Resources<'_>,
    problems: &mut Problems,
) {
    let named = mapping.on_failure.as_ref().and_then(Named::declared);
    if let Some((message, help)) = resources.find(named).and_then(destination::check) {
        problems.trigger_key(place, destination::KEY, message).help(help);
    }
}
