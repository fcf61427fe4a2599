//! What every source tells about one of its triggers. Code that has a [`Trigger`](super::Trigger) asks it,
//! and does not need to know its source.

use super::batch_concurrency::BatchConcurrency;
use super::located_trigger::{LocatedTrigger, ResourcesByIdent};
use crate::aws::mapping::EventSourceMapping;
use crate::aws::mapping::stream::StreamMapping;
use crate::aws::name::ParameterName;
use crate::aws::value::ArnReference;
use crate::problem::Problems;
use crate::resource::{ResourceKind, ResourceSettings};
use crate::route::Route;

/// What every source tells about one of its triggers. A method has a default where most sources lack the
/// part that it is about; what each source has to decide has none.
pub trait TriggerSource {
    /// What the trigger is, for people: `GET /orders/{id}`.
    fn summary(&self) -> String;

    /// Makes the trigger one of a function that resumes: one event an invocation, and nothing whose order
    /// work that goes on later would break. Gives what speaks against it.
    fn prepare_resume(&mut self) -> Vec<ResumeConflict>;

    /// Whether a handler takes what its resource says it holds: messages, records or items of a type.
    fn has_typed_payload(&self) -> bool;

    /// Records what is wrong with all triggers of this source, beside each other, beside the resources
    /// that they name and beside their functions.
    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        resources: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) where
        Self: Sized;

    /// The `#[resource]` that the trigger stands on.
    fn resource(&self) -> Option<TriggerResource<'_>> {
        None
    }

    /// What a bare trigger brings with it: the suffix of its id, and what it is.
    fn own_resource(&self) -> Option<(&'static str, ResourceSettings)> {
        None
    }

    /// Makes the trigger stand on the resource that it brought.
    fn use_own_resource(&mut self, _ident: &str) {}

    /// The route, where the trigger takes requests.
    fn route(&self) -> Option<&Route> {
        None
    }

    /// Whether the user wrote the event that the trigger sends, so that nothing in it tells whose it is.
    fn has_custom_input(&self) -> bool {
        false
    }

    /// How many records of one batch the runtime works on at once, where the trigger says so.
    fn batch_concurrency(&self) -> Option<BatchConcurrency> {
        None
    }

    /// What is set on the event source mapping, where Lambda polls the source.
    fn mapping(&self) -> Option<&EventSourceMapping> {
        self.stream_mapping().map(|stream| &stream.mapping)
    }

    /// The same, where Lambda polls a stream, in order.
    fn stream_mapping(&self) -> Option<&StreamMapping> {
        None
    }

    /// Where the trigger lets Lambda put what the function could not take.
    fn on_failure(&self) -> Option<&ArnReference> {
        self.stream_mapping()?.on_failure.as_ref()
    }

    /// Whether it keeps a state over tumbling windows, where it could.
    fn has_window(&self) -> Option<bool> {
        self.stream_mapping().map(StreamMapping::has_window)
    }

    /// The template parameters that the trigger needs, and what they are.
    fn template_parameters(&self) -> Vec<(&ParameterName, &'static str)> {
        Vec::new()
    }
}

/// A `#[resource]` that a trigger stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TriggerResource<'a> {
    /// The key of the trigger that names it.
    pub key: &'static str,
    /// The identifier of the resource's struct.
    pub ident: &'a str,
    /// What it has to be.
    pub kind: ResourceKind,
}

/// What speaks against a trigger, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResumeConflict {
    /// The key of the trigger that is wrong; none where the whole of it is.
    pub key: Option<&'static str>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: &'static str,
}

impl ResumeConflict {
    /// No trigger of a source can stand on a function that resumes.
    pub(super) fn never_resumes(why: &str) -> Self {
        Self {
            key: None,
            message: why.to_owned(),
            help: "have it send the work to a second function that resumes: take an `Invoker` of that one, and call its `invoke_async`",
        }
    }
}
