//! A service's client, made once per process and shared by all resources of the service.

use std::sync::Arc;

/// A client of the SDK's and what a resource goes by.
// Some kinds share it in what is public of them.
#[allow(unreachable_pub)]
#[derive(Clone, Debug)]
pub struct SdkConnection<C> {
    pub(crate) client: C,
    pub(crate) name: Arc<str>,
}

/// The client of a service, of the process's one configuration: an expression that is a `Result`.
macro_rules! shared_client {
    ($sdk:ident) => {{
        static CLIENT: std::sync::OnceLock<$sdk::Client> = std::sync::OnceLock::new();
        match CLIENT.get() {
            Some(client) => Ok(client.clone()),
            None => $crate::aws::config::config()
                .map(|config| CLIENT.get_or_init(|| $sdk::Client::new(config)).clone()),
        }
    }};
}

pub(crate) use shared_client;
