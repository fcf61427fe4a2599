//! `secret`: a secret of Secrets Manager, and the typed client that reads it.

pub(crate) mod declared;
#[cfg(all(test, feature = "secret"))]
mod grants;
#[cfg(feature = "secret")]
pub(crate) mod reader;
#[cfg(all(test, feature = "secret"))]
mod tests;

pub use declared::Secret;
#[cfg(feature = "secret")]
pub use reader::SecretReader;

use crate::resource::declare::declare;

declare! {
    Secret, "secret", feature secret = "secret",
    reader::Value<R> = reader::connect::<R>,
    Reader = SecretReader<R>,
}
