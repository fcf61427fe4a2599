//! The types of workflows. Only the client of an express workflow waits for the end of an execution. The compiler reports
//! the method of the other type in these words.

use crate::resource::markers::Standard;
use crate::sealed::Sealed;

/// The type of a workflow: [`Standard`] or [`Express`].
pub trait Workflow: Sealed + Send + Sync + 'static {}

/// The type of an express workflow: its executions last five minutes at most, and the starter can wait for their output.
pub enum Express {}

impl Sealed for Express {}

impl Workflow for Standard {}
impl Workflow for Express {}

/// The type of a workflow whose starter can wait for the output of an execution.
#[diagnostic::on_unimplemented(
    message = "this method is for express workflows, and this state machine is a standard one",
    label = "a standard workflow does not answer its starter",
    note = "help: write `start(&input)`, or declare the state machine as `#[resource(state_machine(…, express))]`"
)]
pub trait AnswersStarter: Workflow {}

#[diagnostic::do_not_recommend]
impl AnswersStarter for Express {}
