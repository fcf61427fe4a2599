//! What `#[resource]` declares of a parameter: its trait.

use crate::resource::kinds::{Resource, kind};

/// A parameter: `#[resource(parameter)]`. Mirrors `AWS::SSM::Parameter`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a parameter",
    label = "a parameter is expected here",
    note = "help: put `#[resource(parameter)]` on `{Self}`"
)]
pub trait Parameter: Resource<Kind = kind::Parameter> {}
