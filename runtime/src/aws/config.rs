//! The configuration that the clients of the AWS SDK share. It is built from the environment once per process,
//! without any request. The crate `aws-config` can do more, but costs compile time and start time.
// See decision 0048.

use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::future::ProvideCredentials as ProvideCredentialsFuture;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_async::rt::sleep::{SharedAsyncSleep, TokioSleep};
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_types::retry::RetryConfig;
use aws_types::SdkConfig;
use aws_types::region::Region;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};

use super::credentials::AwsCredentials;
use super::environment::{Endpoints, Environment, Keys, read_variable};
use super::http;
use crate::Error;

/// Returns the SDK configuration that all AWS clients of this process share. Fails if the environment has no region
/// or no credentials, or a value that no request could use.
pub(crate) fn shared_config() -> Result<&'static SdkConfig, Error> {
    static CONFIG: OnceLock<SdkConfig> = OnceLock::new();
    if let Some(config) = CONFIG.get() {
        return Ok(config);
    }
    let environment = Environment::from_variables(read_variable)?;
    let credentials = AwsCredentials::shared(environment.credentials);
    let endpoints = Endpoints(read_variable);
    let config = build_config(environment.region, credentials, endpoints, http::http_client())?;
    Ok(CONFIG.get_or_init(|| config))
}

/// Builds the SDK configuration for all AWS clients from region, credentials, endpoints and HTTP client.
pub(super) fn build_config(
    region: String,
    credentials: AwsCredentials,
    endpoints: Endpoints,
    http: SharedHttpClient,
) -> Result<SdkConfig, Error> {
    let mut config = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(region))
        .credentials_provider(SharedCredentialsProvider::new(SdkCredentials(credentials)))
        .retry_config(RetryConfig::standard())
        .sleep_impl(SharedAsyncSleep::new(TokioSleep::new()))
        .http_client(http)
        .service_config(ServiceSettings(endpoints));
    config.set_endpoint_url(endpoints.for_all_services()?);
    Ok(config.build())
}

/// The credentials of this process, as the SDK takes them.
#[derive(Debug)]
struct SdkCredentials(AwsCredentials);

impl ProvideCredentials for SdkCredentials {
    fn provide_credentials<'a>(&'a self) -> ProvideCredentialsFuture<'a>
    where
        Self: 'a,
    {
        ProvideCredentialsFuture::new(async {
            let (keys, expires) = self
                .0
                .get()
                .await
                .map_err(|error| CredentialsError::provider_error(error.to_string()))?;
            let Keys { access_key, secret_key, session_token } = &*keys;
            let token = session_token.clone();
            Ok(Credentials::new(access_key, secret_key, token, expires, "environment"))
        })
    }
}

/// Reads the settings that environment variables can have for a single AWS service, such as an endpoint.
#[derive(Debug)]
struct ServiceSettings(Endpoints);

/// The error of an endpoint that a client asked for, since the SDK takes none.
static INVALID_ENDPOINT: Mutex<Option<Error>> = Mutex::new(None);

impl LoadServiceConfig for ServiceSettings {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        if key.env() == "AWS_ENDPOINT_URL" {
            let endpoint = self.0.for_service(key.service_id());
            return endpoint.unwrap_or_else(|error| {
                *lock_error() = Some(error);
                None
            });
        }
        read_variable(key.env()).filter(|value| !value.is_empty())
    }
}

/// Makes a client from an SDK configuration. Returns an error if the environment has an endpoint for the client's
/// service that is not an address.
#[cfg(feature = "_aws")]
pub(super) fn make_client<C>(config: &SdkConfig, make: fn(&SdkConfig) -> C) -> Result<C, Error> {
    let client = make(config);
    lock_error().take().map_or(Ok(client), Err)
}

fn lock_error() -> MutexGuard<'static, Option<Error>> {
    // Nothing panics while it is locked.
    INVALID_ENDPOINT.lock().unwrap_or_else(PoisonError::into_inner)
}
