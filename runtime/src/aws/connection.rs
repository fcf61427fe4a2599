//! [`SdkConnection`]: a client of the AWS SDK together with the resource that it works on. The client of an AWS
//! service is made once per process, and all resources of the service share it.

use std::sync::Arc;

/// A client of the AWS SDK, and the name, URL or ARN of a resource.
// Public traits have it as an associated type, so it is `pub`.
#[allow(unreachable_pub)]
#[derive(Clone, Debug)]
pub struct SdkConnection<C> {
    pub(crate) client: C,
    pub(crate) name: Arc<str>,
}

/// Expands to an expression of type `Result<Client, Error>`: the one client of an AWS service that this process has,
/// or the error of the SDK configuration. Takes the name of the service's SDK crate.
macro_rules! shared_client {
    ($sdk:ident) => {{
        static CLIENT: std::sync::OnceLock<$sdk::Client> = std::sync::OnceLock::new();
        match CLIENT.get() {
            Some(client) => Ok(client.clone()),
            None => $crate::aws::config::shared_config()
                .map(|config| CLIENT.get_or_init(|| $sdk::Client::new(config)).clone()),
        }
    }};
}

pub(crate) use shared_client;
