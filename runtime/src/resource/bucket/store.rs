//! The connection to one bucket: an `object_store` client that is built from the environment, without any
//! request.

use std::pin::Pin;
use std::sync::Arc;

use object_store::RetryConfig;
use object_store::aws::{AmazonS3, AmazonS3Builder, AwsCredential};
use object_store::client::CredentialProvider;

use super::http::SharedConnector;
use crate::aws::credentials::AwsCredentials;
use crate::aws::environment::{Endpoints, Environment, Keys, read_variable};
use crate::registry::GuardedKeys;
use crate::resource::kinds::Resource;
use crate::{Error, messages};

/// How often a request to S3 is retried: as often as by the AWS SDK.
pub(super) const RETRIES: usize = 2;

/// The connection to a bucket, which all typed clients of the bucket share.
#[derive(Clone, Debug)]
pub struct Store {
    pub(super) s3: AmazonS3,
    /// The URL of the bucket, without a slash at its end.
    pub(super) url: Arc<str>,
    pub(super) region: Arc<str>,
    pub(super) name: Arc<str>,
    /// The keys that the clients do not write.
    pub(super) guarded: &'static [GuardedKeys],
    #[cfg(feature = "bucket-sdk")]
    pub(super) client: aws_sdk_s3::Client,
}

impl Store {
    /// Returns the store with keys that its clients do not write.
    pub(super) fn guard(self, guarded: &'static [GuardedKeys]) -> Self {
        Self { guarded, ..self }
    }

    /// Checks that no trigger of the function follows an object that is written in one request under this key.
    pub(super) fn check_put<R: Resource>(&self, key: &str) -> Result<(), Error> {
        self.check_write::<R>(key, GuardedKeys::forbid_put)
    }

    /// Checks that no trigger of the function follows an object that is written in parts under this key.
    pub(super) fn check_upload<R: Resource>(&self, key: &str) -> Result<(), Error> {
        self.check_write::<R>(key, GuardedKeys::forbid_upload)
    }

    fn check_write<R: Resource>(
        &self,
        key: &str,
        forbids: fn(&GuardedKeys, &str) -> bool,
    ) -> Result<(), Error> {
        if self.guarded.iter().any(|guarded| forbids(guarded, key)) {
            return Err(messages::client::write_triggers_itself(R::ID, key));
        }
        Ok(())
    }
}

/// Makes the connection to the bucket of that name, from the environment and without any request.
pub(super) async fn connect(name: String) -> Result<Store, Error> {
    let environment = Environment::from_variables(read_variable)?;
    let credentials = AwsCredentials::shared(environment.credentials);
    let url = bucket_url(&name, &environment.region, read_s3_endpoint()?);
    Ok(Store {
        s3: build_store(&name, &environment.region, credentials, &url)?,
        url: url.into(),
        region: environment.region.into(),
        name: name.into(),
        guarded: &[],
        #[cfg(feature = "bucket-sdk")]
        client: shared_sdk_client()?,
    })
}

/// Returns the endpoint of S3 that the environment sets, or `None` if it sets none.
fn read_s3_endpoint() -> Result<Option<String>, Error> {
    let endpoints = Endpoints(read_variable);
    Ok(endpoints.for_service("S3")?.or(endpoints.for_all_services()?))
}

/// Returns the URL of the bucket `name`, without a slash at its end. If `endpoint` is `None`, the endpoint is AWS's.
pub(super) fn bucket_url(name: &str, region: &str, endpoint: Option<String>) -> String {
    match endpoint {
        Some(endpoint) => format!("{}/{name}", endpoint.trim_end_matches('/')),
        None if region.starts_with("cn-") => {
            format!("https://s3.{region}.amazonaws.com.cn/{name}")
        }
        // AWS's certificate covers one label before the domain, not two.
        None if name.contains('.') => format!("https://s3.{region}.amazonaws.com/{name}"),
        None => format!("https://{name}.s3.{region}.amazonaws.com"),
    }
}

/// Builds the `object_store` client of the bucket `name`, which has this URL.
pub(super) fn build_store(
    name: &str,
    region: &str,
    credentials: AwsCredentials,
    url: &str,
) -> Result<AmazonS3, Error> {
    let s3 = AmazonS3Builder::new()
        .with_bucket_name(name)
        .with_region(region)
        // `object_store` calls an endpoint that has the name of the bucket in it virtual hosted.
        .with_virtual_hosted_style_request(true)
        .with_endpoint(url)
        .with_credentials(Arc::new(StoreCredentials(credentials)))
        .with_http_connector(SharedConnector)
        // Deletes one object with one `DELETE`. The bulk deletion is another operation.
        .with_disable_bulk_delete(true)
        .with_retry(RetryConfig { max_retries: RETRIES, ..RetryConfig::default() });
    Ok(s3.build()?)
}

/// The credentials of this process, as `object_store` takes them.
#[derive(Debug)]
struct StoreCredentials(AwsCredentials);

impl StoreCredentials {
    async fn get(&self) -> object_store::Result<Arc<AwsCredential>> {
        let (keys, _) = self.0.get().await.map_err(|error| object_store::Error::Generic {
            store: "S3",
            source: error.to_string().into(),
        })?;
        let Keys { access_key, secret_key, session_token } = &*keys;
        Ok(Arc::new(AwsCredential {
            key_id: access_key.clone(),
            secret_key: secret_key.clone(),
            token: session_token.clone(),
        }))
    }
}

impl CredentialProvider for StoreCredentials {
    type Credential = AwsCredential;

    // The signature that `async_trait` generates.
    fn get_credential<'s, 'f>(
        &'s self,
    ) -> Pin<Box<dyn Future<Output = object_store::Result<Arc<AwsCredential>>> + Send + 'f>>
    where
        's: 'f,
        Self: 'f,
    {
        Box::pin(self.get())
    }
}

/// Returns the S3 client of the AWS SDK, of which the process has one. If the environment sets an endpoint, the
/// client names the bucket in the path: a bucket of an emulator has no host name.
#[cfg(feature = "bucket-sdk")]
fn shared_sdk_client() -> Result<aws_sdk_s3::Client, Error> {
    static CLIENT: std::sync::OnceLock<aws_sdk_s3::Client> = std::sync::OnceLock::new();
    if let Some(client) = CLIENT.get() {
        return Ok(client.clone());
    }
    let config = aws_sdk_s3::config::Builder::from(crate::aws::config::shared_config()?);
    let config = config.force_path_style(read_s3_endpoint()?.is_some()).build();
    Ok(CLIENT.get_or_init(|| aws_sdk_s3::Client::from_conf(config)).clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_of_a_bucket_has_its_name_in_the_host_where_the_certificate_covers_it() {
        let url = |name: &str, region: &str| bucket_url(name, region, None);
        assert_eq!(url("photos", "eu-west-1"), "https://photos.s3.eu-west-1.amazonaws.com");
        assert_eq!(url("a.b", "eu-west-1"), "https://s3.eu-west-1.amazonaws.com/a.b");
        assert_eq!(url("photos", "cn-north-1"), "https://s3.cn-north-1.amazonaws.com.cn/photos");
        let emulator = Some("http://localhost:4566/".to_owned());
        assert_eq!(bucket_url("a.b", "eu-west-1", emulator), "http://localhost:4566/a.b");
    }
}
