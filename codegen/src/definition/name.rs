//! A name in a definition, and problems of definitions.

use skylift_model::SourceLocation;
use skylift_model::message::Message;
use skylift_model::problem::{ItemIndex, PlaceInItem, Problem};
use skylift_model::resource::state_machine::StateMachine;

/// A name in a definition, such as `charge` in `${charge}`.
#[derive(Debug)]
pub(crate) struct NameInDefinition {
    /// The index of the state machine in `App::resources`.
    pub(super) resource: usize,
    pub(super) name: String,
    /// Whether the name is that of a function that a state calls.
    pub(super) is_called: bool,
    pub(super) origin: SourceLocation,
}

/// Returns a problem of the definition of the state machine with this index.
pub(super) fn problem(index: usize, message: Message) -> Problem {
    let at = PlaceInItem::key(StateMachine::ASL);
    Problem { item: ItemIndex::Resource(index), at, message }
}
