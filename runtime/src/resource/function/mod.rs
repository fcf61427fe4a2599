//! A function that another one invokes: the macro makes a type of the function's name, so that
//! `Invoker<thumbnail>` says which.

pub(crate) mod declared;
#[cfg(all(test, feature = "invoke"))]
mod grants;
#[cfg(feature = "invoke")]
mod invoker;
#[cfg(all(test, feature = "invoke"))]
mod tests;

pub use declared::Function;
#[cfg(feature = "invoke")]
pub use invoker::FunctionInvoker;

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
    Invoker = FunctionInvoker<R>,
}
