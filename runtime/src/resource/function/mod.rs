//! A function that another function invokes, and the typed client that invokes it. The macro makes a type with
//! the function's name, so that `Invoker<thumbnail>` says which function it invokes.

#[cfg(feature = "invoke")]
mod client;
#[cfg(all(test, feature = "invoke"))]
mod grants;
#[cfg(all(test, feature = "invoke"))]
mod tests;

#[cfg(feature = "invoke")]
pub use client::FunctionClient;

use crate::resource::define_kind::define_kind;
use crate::resource::kinds::{Resource, kind};

/// A function that another function invokes. Mirrors `AWS::Lambda::Function`.
///
/// The capability for a function is [`Invoker`](crate::Invoker). `#[function]` implements this trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a function of this application",
    label = "a function with `#[function]` is expected here"
)]
pub trait Function: Resource<Kind = kind::Function> {
    /// The type of the event that the handler of the function takes.
    type Event;

    /// The type of the answer that the handler of the function returns.
    type Answer;
}

define_kind! {
    Function, "function", feature invoke = "invoke", sdk aws_sdk_lambda,
    Invoker = FunctionClient<R>,
}
