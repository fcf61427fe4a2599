//! `parameter`: a parameter of Systems Manager, and the typed client that reads it.

#[cfg(feature = "parameter")]
pub(super) mod reader;
#[cfg(all(test, feature = "parameter"))]
mod tests;

#[cfg(feature = "parameter")]
pub use reader::ParameterReader;

use crate::resource::{Resource, kind, kinds};

/// A parameter: `#[resource(parameter)]`. Mirrors `AWS::SSM::Parameter`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a parameter",
    label = "a parameter is expected here",
    note = "help: put `#[resource(parameter)]` on `{Self}`"
)]
pub trait Parameter: Resource<Kind = kind::Parameter> {}

kinds::declare! {
    Parameter, "parameter", feature parameter = "parameter",
    reader::Value = reader::connect::<R>,
    Reader = ParameterReader<R>,
}
