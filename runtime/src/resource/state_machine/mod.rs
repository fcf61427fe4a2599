//! `state_machine`: a state machine of Step Functions, and the typed client that starts its executions.

#[cfg(feature = "state_machine")]
mod client;
#[cfg(feature = "state_machine")]
mod endpoint;
#[cfg(all(test, feature = "state_machine"))]
mod grants;
#[cfg(all(test, feature = "state_machine"))]
mod tests;
mod workflow;

#[cfg(feature = "state_machine")]
pub use client::StateMachineClient;
pub use workflow::{AnswersStarter, Express, Workflow};

use crate::resource::define_kind::define_kind;
use crate::resource::kinds::{Resource, kind};
use crate::resource::markers::Messages;

/// A state machine that the application declares with `#[resource(state_machine(asl = "…"))]`. Mirrors
/// `AWS::StepFunctions::StateMachine`.
///
/// The capability of a state machine is [`Starter`](crate::Starter). `#[resource]` implements this trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a state machine",
    label = "a state machine is expected here",
    note = "help: put `#[resource(state_machine(asl = \"workflow.asl.json\"))]` on `{Self}`"
)]
pub trait StateMachine: Resource<Kind = kind::StateMachine> {
    /// The marker of the type of the input of an execution.
    type Input: Messages;

    /// The marker of the type of the output of an execution.
    type Output: Messages;

    /// The type of the workflow: standard or express.
    type Workflow: Workflow;
}

define_kind! {
    StateMachine, "state machine", feature state_machine = "state_machine", sdk aws_sdk_sfn,
    Starter = StateMachineClient<R>,
}
