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

/// A parameter that the application declares with `#[resource(parameter)]`. Mirrors `AWS::SSM::Parameter`.
///
/// The capability of a parameter is [`Reader`](crate::Reader). `#[resource]` implements this trait.
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
