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

/// A secret that the application declares with `#[resource(secret)]`. Mirrors `AWS::SecretsManager::Secret`.
///
/// The capability of a secret is [`Reader`](crate::Reader). `#[resource]` implements this trait.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a secret",
    label = "a secret is expected here",
    note = "help: put `#[resource(secret)]` on `{Self}`"
)]
pub trait Secret: Resource<Kind = kind::Secret> {
    /// The marker of the type of the value that the secret holds.
    type Value: SecretContents;
}

define_kind! {
    Secret, "secret", feature secret = "secret",
    connection client::SharedValue<R> = client::connect::<R>,
    Reader = SecretClient<R>,
}
