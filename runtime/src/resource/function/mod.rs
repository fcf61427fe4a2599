//! A function that another one invokes: the macro makes a type of the function's name, so that
//! `Invoker<thumbnail>` says which.

#[cfg(feature = "invoke")]
mod invoker;
#[cfg(all(test, feature = "invoke"))]
mod tests;

#[cfg(feature = "invoke")]
pub use invoker::FunctionInvoker;

use crate::resource::{Resource, kind, kinds};
#[cfg(feature = "invoke")]
use crate::{
    Error,
    aws::{self, Named},
};

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

#[cfg(feature = "invoke")]
async fn connect(name: String) -> Result<Named<aws_sdk_lambda::Client>, Error> {
    Ok(Named { client: aws::once!(aws_sdk_lambda)?, name: name.into() })
}

kinds::declare! {
    Function, "function", feature invoke = "invoke",
    Named<aws_sdk_lambda::Client> = connect,
    Invoker = FunctionInvoker<R>,
}
