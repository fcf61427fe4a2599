//! `parameter`: a parameter of Systems Manager, and the typed client that reads it.

#[cfg(feature = "parameter")]
pub(crate) mod client;
#[cfg(all(test, feature = "parameter"))]
mod grants;
#[cfg(all(test, feature = "parameter"))]
mod tests;

#[cfg(feature = "parameter")]
pub use client::ParameterClient;

use crate::resource::define_kind::define_kind;
use crate::resource::kinds::{Resource, kind};

/// A parameter: `#[resource(parameter)]`. Mirrors `AWS::SSM::Parameter`.
///
/// Its capability is [`Reader`](crate::Reader). The attribute implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a parameter",
    label = "a parameter is expected here",
    note = "help: put `#[resource(parameter)]` on `{Self}`"
)]
pub trait Parameter: Resource<Kind = kind::Parameter> {}

define_kind! {
    Parameter, "parameter", feature parameter = "parameter",
    connection client::SharedValue = client::connect::<R>,
    Reader = ParameterClient<R>,
}
