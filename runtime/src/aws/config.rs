//! The configuration that the clients of the AWS SDK share. It is built from the environment once per process,
//! without any request. The crate `aws-config` can do more, but costs compile time and start time.
// See decision 0048.

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

use super::environment::{Endpoints, Environment, read_variable};
use super::http;
use crate::Error;

/// Returns the SDK configuration that all AWS clients of this process share. Fails if the environment has no region
/// or no credentials.
pub(crate) fn shared_config() -> Result<&'static SdkConfig, Error> {
    static CONFIG: OnceLock<SdkConfig> = OnceLock::new();
    if let Some(config) = CONFIG.get() {
        return Ok(config);
    }
    let environment = Environment::from_variables(read_variable)?;
    Ok(CONFIG
        .get_or_init(|| build_config(environment, Endpoints(read_variable), http::http_client())))
}

/// Builds the SDK configuration for all AWS clients from region, credentials, endpoints and HTTP client.
pub(super) fn build_config(
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
        .service_config(ServiceSettings(endpoints));
    config.set_endpoint_url(endpoints.for_all_services());
    config.build()
}

/// Reads the settings that environment variables can have for a single AWS service, such as an endpoint.
#[derive(Debug)]
struct ServiceSettings(Endpoints);

impl LoadServiceConfig for ServiceSettings {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        if key.env() == "AWS_ENDPOINT_URL" {
            return self.0.for_service(key.service_id());
        }
        read_variable(key.env()).filter(|value| !value.is_empty())
    }
}
