//! What `#[resource]` declares of a secret: its trait.

use crate::resource::kinds::{Resource, kind};
use crate::resource::markers::SecretContents;

/// A secret: `#[resource(secret)]`. Mirrors `AWS::SecretsManager::Secret`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a secret",
    label = "a secret is expected here",
    note = "help: put `#[resource(secret)]` on `{Self}`"
)]
pub trait Secret: Resource<Kind = kind::Secret> {
    /// What it holds.
    type Value: SecretContents;
}
