//! The trait [`TriggerSource`], which the trigger of each source implements. Code that has a
//! [`Trigger`](super::Trigger) calls it, and does not need to know the source.

use super::batch_concurrency::BatchConcurrency;
use super::located_trigger::{LocatedTrigger, ResourcesByIdent};
use crate::aws::mapping::EventSourceMapping;
use crate::aws::mapping::stream::StreamMapping;
use crate::aws::name::ParameterName;
use crate::aws::value::ArnReference;
use crate::message::Message;
use crate::problem::Problems;
use crate::resource::{ResourceKind, ResourceSettings};
use crate::route::Route;

/// A trigger of a source. A method has a default if it does not apply to most sources. Methods without a
/// default are a decision of each source.
pub trait TriggerSource {
    /// Describes the trigger for people: `GET /orders/{id}`.
    fn summary(&self) -> String;

    /// Sets the trigger up for a function that resumes, which needs one event per invocation and no order
    /// between events. Returns the settings that exclude it.
    fn prepare_resume(&mut self) -> Vec<ResumeConflict>;

    /// Returns whether the resource declares the type of the messages, records or items that the handler
    /// gets.
    fn has_typed_payload(&self) -> bool;

    /// Checks all triggers of this source against each other, against the resources that they name, and
    /// against their functions.
    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        resources: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) where
        Self: Sized;

    /// Returns the `#[resource]` that is the event source of the trigger, if it names one.
    fn resource(&self) -> Option<TriggerResource<'_>> {
        None
    }

    /// Returns the resource that Skylift adds for a trigger that names none: the suffix of its id, and its
    /// settings.
    fn own_resource(&self) -> Option<(&'static str, ResourceSettings)> {
        None
    }

    /// Names the resource that Skylift added as the event source of the trigger.
    fn use_own_resource(&mut self, _ident: &str) {}

    /// Returns the route, if the trigger handles requests.
    fn route(&self) -> Option<&Route> {
        None
    }

    /// Returns whether the user sets the payload of the trigger's events, so that the payload does not
    /// identify the trigger.
    fn has_custom_input(&self) -> bool {
        false
    }

    /// Returns the number of records of one batch that the runtime processes at the same time, if the trigger
    /// sets it.
    fn batch_concurrency(&self) -> Option<BatchConcurrency> {
        None
    }

    /// Returns the settings of the event source mapping, if Lambda polls the source.
    fn mapping(&self) -> Option<&EventSourceMapping> {
        self.stream_mapping().map(|stream| &stream.mapping)
    }

    /// Returns the settings of the event source mapping, if the source is a stream.
    fn stream_mapping(&self) -> Option<&StreamMapping> {
        None
    }

    /// Returns the destination of failed records, if the trigger sets one.
    fn on_failure(&self) -> Option<&ArnReference> {
        self.stream_mapping()?.on_failure.as_ref()
    }

    /// Returns whether the trigger has tumbling windows, and `None` if the source cannot have them.
    fn has_window(&self) -> Option<bool> {
        self.stream_mapping().map(StreamMapping::has_window)
    }

    /// Returns the template parameters that the trigger needs, with their descriptions.
    fn template_parameters(&self) -> Vec<(&ParameterName, &'static str)> {
        Vec::new()
    }
}

/// The `#[resource]` that is the event source of a trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TriggerResource<'a> {
    /// The key of the trigger that names it.
    pub key: &'static str,
    /// The identifier of the resource's struct.
    pub ident: &'a str,
    /// The kind that it has to be.
    pub kind: ResourceKind,
}

/// A setting of a trigger that a function that resumes cannot have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResumeConflict {
    /// The key of the trigger, and `None` if the whole trigger is excluded.
    pub key: Option<&'static str>,
    /// Why it is excluded, and what to do.
    pub message: Message,
}

impl ResumeConflict {
    /// Excludes the whole trigger.
    pub(super) fn whole_trigger(message: Message) -> Self {
        Self { key: None, message }
    }

    /// Excludes one key of the trigger.
    pub(super) fn at_key(key: &'static str, message: Message) -> Self {
        Self { key: Some(key), message }
    }
}
