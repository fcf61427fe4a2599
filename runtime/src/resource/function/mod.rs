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
use crate::aws::connection::SdkConnection;
#[cfg(feature = "invoke")]
use crate::aws::connection::shared_client;
use crate::resource::declare::declare;

#[cfg(feature = "invoke")]
async fn connect(name: String) -> Result<SdkConnection<aws_sdk_lambda::Client>, Error> {
    Ok(SdkConnection { client: shared_client!(aws_sdk_lambda)?, name: name.into() })
}

declare! {
    Function, "function", feature invoke = "invoke",
    SdkConnection<aws_sdk_lambda::Client> = connect,
    Invoker = FunctionClient<R>,
}
