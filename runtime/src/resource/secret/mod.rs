//! `secret`: a secret of Secrets Manager, and the typed client that reads it.

#[cfg(feature = "secret")]
pub(crate) mod client;
#[cfg(all(test, feature = "secret"))]
mod grants;
#[cfg(all(test, feature = "secret"))]
mod tests;

#[cfg(feature = "secret")]
pub use client::SecretClient;

use crate::resource::define_kind::define_kind;
use crate::resource::kinds::{Resource, kind};
use crate::resource::markers::SecretContents;

/// A secret: `#[resource(secret)]`. Mirrors `AWS::SecretsManager::Secret`.
///
/// Its capability is [`Reader`](crate::Reader). The attribute implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a secret",
    label = "a secret is expected here",
    note = "help: put `#[resource(secret)]` on `{Self}`"
)]
pub trait Secret: Resource<Kind = kind::Secret> {
    /// What it holds.
    type Value: SecretContents;
}

define_kind! {
    Secret, "secret", feature secret = "secret",
    connection client::SharedValue<R> = client::connect::<R>,
    Reader = SecretClient<R>,
}
