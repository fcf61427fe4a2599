//! What the check of a definition finds.

use crate::aws::written::Written;
use crate::message::Message;

/// What the check of a definition found. `P` is the place of a value in the file.
#[derive(Debug)]
pub struct CheckedDefinition<P> {
    /// The mistakes, each with its place.
    pub problems: Vec<(P, Message)>,
    /// The names of functions that tasks call, each with its place.
    pub functions: Vec<(P, String)>,
    /// All names that the template has to replace, each with its place.
    pub names: Vec<(P, String)>,
}

impl<P> CheckedDefinition<P> {
    /// Records a mistake.
    pub(super) fn report(&mut self, at: P, message: Message) {
        self.problems.push((at, message));
    }
}

/// A list of states with its first one: the whole definition, a branch of a `Parallel` state, or what a `Map` state does
/// with each item.
pub(super) struct StateList<'a, W: Written<'a>> {
    pub(super) at: W::Place,
    pub(super) value: W,
    /// The name of the state that has the list. `None` for the whole definition.
    pub(super) owner: Option<&'a str>,
}
