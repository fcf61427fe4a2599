//! A function that another one invokes: the macro makes a type of the function's name, so that
//! `Invoker<thumbnail>` says which.

#[cfg(feature = "invoke")]
mod client;
pub(crate) mod declared;
#[cfg(all(test, feature = "invoke"))]
mod grants;
#[cfg(all(test, feature = "invoke"))]
mod tests;

#[cfg(feature = "invoke")]
pub use client::FunctionClient;
pub use declared::Function;

#[cfg(feature = "invoke")]
use crate::Error;
#[cfg(feature = "invoke")]
use crate::aws::service::Named;
#[cfg(feature = "invoke")]
use crate::aws::service::once;
use crate::resource::declare::declare;

#[cfg(feature = "invoke")]
async fn connect(name: String) -> Result<Named<aws_sdk_lambda::Client>, Error> {
    Ok(Named { client: once!(aws_sdk_lambda)?, name: name.into() })
}

declare! {
    Function, "function", feature invoke = "invoke",
    Named<aws_sdk_lambda::Client> = connect,
    Invoker = FunctionClient<R>,
}
