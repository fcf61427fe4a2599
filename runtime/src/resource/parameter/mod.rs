//! `parameter`: a parameter of Systems Manager, and the typed client that reads it.

#[cfg(feature = "parameter")]
pub(crate) mod client;
pub(crate) mod declared;
#[cfg(all(test, feature = "parameter"))]
mod grants;
#[cfg(all(test, feature = "parameter"))]
mod tests;

#[cfg(feature = "parameter")]
pub use client::ParameterClient;
pub use declared::Parameter;

use crate::resource::declare::declare;

declare! {
    Parameter, "parameter", feature parameter = "parameter",
    client::SharedValue = client::connect::<R>,
    Reader = ParameterClient<R>,
}
