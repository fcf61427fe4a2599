//! `secret`: a secret of Secrets Manager, and the typed client that reads it.

#[cfg(feature = "secret")]
pub(super) mod reader;
#[cfg(all(test, feature = "secret"))]
mod tests;

#[cfg(feature = "secret")]
pub use reader::SecretReader;

use crate::resource::{Contents, Resource, kind, kinds};

/// A secret: `#[resource(secret)]`. Mirrors `AWS::SecretsManager::Secret`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a secret",
    label = "a secret is expected here",
    note = "help: put `#[resource(secret)]` on `{Self}`"
)]
pub trait Secret: Resource<Kind = kind::Secret> {
    /// What it holds.
    type Value: Contents;
}

kinds::declare! {
    Secret, "secret", feature secret = "secret",
    reader::Value<R> = reader::connect::<R>,
    Reader = SecretReader<R>,
}
