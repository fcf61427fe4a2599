//! What `#[resource]` declares of a function that another one invokes: its trait.

use crate::resource::kinds::{Resource, kind};

/// A function that another one invokes. Mirrors `AWS::Lambda::Function`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a function of this application",
    label = "a function with `#[function]` is expected here"
)]
pub trait Function: Resource<Kind = kind::Function> {
    /// What it takes.
    type Event;

    /// What it answers.
    type Answer;
}
