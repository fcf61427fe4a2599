//! How functions reach AWS: region, credentials and endpoints from the environment, one HTTP client and one
//! configuration for all services, and each service's client once per process. No client is made before the start of
//! a function that needs it.
// See decision 0031.

#[cfg(feature = "_backoff")]
pub(crate) mod backoff;
#[cfg(feature = "_batch")]
pub(crate) mod batch;
#[cfg(feature = "_batch")]
pub(crate) mod batch_error;
#[cfg(feature = "_cached_value")]
pub(crate) mod cache;
#[cfg(feature = "_config")]
pub(crate) mod config;
#[cfg(feature = "_aws")]
pub(crate) mod connection;
#[cfg(feature = "_http")]
pub(crate) mod credentials;
#[cfg(feature = "_answers")]
pub(crate) mod delivery;
#[cfg(feature = "table")]
pub(crate) mod dynamodb;
#[cfg(feature = "_http")]
pub(crate) mod environment;
#[cfg(feature = "_config")]
mod http;
#[cfg(feature = "_messages")]
pub(crate) mod payload;
#[cfg(feature = "_aws")]
pub(crate) mod sdk_error;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(feature = "_http")]
pub(crate) mod trace_propagation;

/// The configuration of a client of the AWS SDK.
#[cfg(feature = "aws")]
pub use aws_types::SdkConfig;

/// Returns the configuration of the typed clients, for clients of services that Skylift has none for.
///
/// The configuration has the region, the credentials and the endpoints of the environment, and the HTTP client of the
/// process, which sends the trace header of the invocation. Credentials of a long-lived process are renewed. It is made once
/// for each process, without a request. Make a client of it in `#[init]`, and allow the calls with `allow(…)`:
///
/// ```
/// use aws_sdk_lambda::Client;
/// use skylift::prelude::*;
///
/// struct Account {
///     lambda: Client,
/// }
///
/// #[init]
/// async fn init() -> Result<Account, Error> {
///     Ok(Account { lambda: Client::new(skylift::aws::config()?) })
/// }
///
/// #[function(allow(actions = ["lambda:GetAccountSettings"], resources = ["*"]))]
/// async fn concurrency(account: State<Account>) -> Result<i32, Error> {
///     let settings = account.lambda.get_account_settings().send().await?;
///     Ok(settings.account_limit().map_or(0, |limit| limit.concurrent_executions()))
/// }
/// # fn main() {}
/// ```
///
/// AWS: "Client configuration" of the SDK for Rust.
///
/// # Errors
///
/// Returns an error if the environment has no region or no credentials, or an endpoint that is no address.
#[cfg(feature = "aws")]
pub fn config() -> Result<&'static SdkConfig, crate::Error> {
    config::shared_config()
}
