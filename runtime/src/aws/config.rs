//! The configuration that the clients of AWS's SDK share: made of the environment once per process,
//! without asking anybody. `aws-config` can do more, and costs every build and every start for it.

use std::sync::OnceLock;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_types::retry::RetryConfig;
use aws_types::SdkConfig;
use aws_types::region::Region;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};

use super::environment::{Endpoints, Environment, variable};
use super::http;
use crate::Error;

/// The configuration of this process.
pub(crate) fn config() -> Result<&'static SdkConfig, Error> {
    static CONFIG: OnceLock<SdkConfig> = OnceLock::new();
    if let Some(config) = CONFIG.get() {
        return Ok(config);
    }
    let environment = Environment::read(variable)?;
    Ok(CONFIG.get_or_init(|| make(environment, Endpoints(variable), http::client())))
}

pub(super) fn make(
    environment: Environment,
    endpoints: Endpoints,
    http: SharedHttpClient,
) -> SdkConfig {
    let Environment { region, access_key, secret_key, session_token } = environment;
    let credentials = Credentials::new(access_key, secret_key, session_token, None, "environment");
    let mut config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(region))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .retry_config(RetryConfig::standard())
        .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
        .http_client(http)
        .service_config(PerService(endpoints));
    config.set_endpoint_url(endpoints.general());
    config.build()
}

/// Settings that a service can have for itself.
#[derive(Debug)]
struct PerService(Endpoints);

impl LoadServiceConfig for PerService {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        if key.env() == "AWS_ENDPOINT_URL" {
            return self.0.of(key.service_id());
        }
        variable(key.env()).filter(|value| !value.is_empty())
    }
}
