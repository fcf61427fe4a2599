//! `secret`: a secret of Secrets Manager, and the typed client that reads it.

#[cfg(feature = "secret")]
pub(crate) mod client;
pub(crate) mod declared;
#[cfg(all(test, feature = "secret"))]
mod grants;
#[cfg(all(test, feature = "secret"))]
mod tests;

#[cfg(feature = "secret")]
pub use client::SecretClient;
pub use declared::Secret;

use crate::resource::declare::declare;

declare! {
    Secret, "secret", feature secret = "secret",
    client::SharedValue<R> = client::connect::<R>,
    Reader = SecretClient<R>,
}
