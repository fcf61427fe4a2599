//! S3, as one bucket: made of the environment, without asking anybody.

use std::sync::Arc;

use object_store::RetryConfig;
use object_store::aws::{AmazonS3, AmazonS3Builder};

use super::http::Shared;
use crate::Error;
use crate::aws::environment::{Endpoints, Environment, variable};

/// How often a request is tried again, as often as by AWS's SDK.
const RETRIES: usize = 2;

/// What the clients of a bucket share.
#[derive(Clone, Debug)]
pub struct Store {
    pub(super) s3: AmazonS3,
    pub(super) name: Arc<str>,
    #[cfg(feature = "bucket-sdk")]
    pub(super) client: aws_sdk_s3::Client,
}

pub(super) async fn connect(name: String) -> Result<Store, Error> {
    let environment = Environment::read(variable)?;
    Ok(Store {
        s3: make(&name, environment, endpoint())?,
        name: name.into(),
        #[cfg(feature = "bucket-sdk")]
        client: client()?,
    })
}

/// Where S3 is, where that is not AWS itself.
fn endpoint() -> Option<String> {
    let endpoints = Endpoints(variable);
    endpoints.of("S3").or_else(|| endpoints.general())
}

pub(super) fn make(
    name: &str,
    environment: Environment,
    endpoint: Option<String>,
) -> Result<AmazonS3, Error> {
    let Environment { region, access_key, secret_key, session_token } = environment;
    let mut s3 = AmazonS3Builder::new()
        .with_bucket_name(name)
        .with_region(&region)
        .with_access_key_id(access_key)
        .with_secret_access_key(secret_key)
        .with_http_connector(Shared)
        // One object is one `DELETE`; a list of them would be another call.
        .with_disable_bulk_delete(true)
        .with_retry(RetryConfig { max_retries: RETRIES, ..RetryConfig::default() });
    if let Some(token) = session_token {
        s3 = s3.with_token(token);
    }
    s3 = match endpoint {
        Some(endpoint) => s3.with_endpoint(endpoint),
        None if region.starts_with("cn-") => {
            s3.with_endpoint(format!("https://s3.{region}.amazonaws.com.cn"))
        }
        // A certificate of AWS's covers one name before the domain, and not two.
        None => s3.with_virtual_hosted_style_request(!name.contains('.')),
    };
    Ok(s3.build()?)
}

/// A bucket of a developer's machine is found by its path: nobody gives it a host name.
#[cfg(feature = "bucket-sdk")]
fn client() -> Result<aws_sdk_s3::Client, Error> {
    static CLIENT: std::sync::OnceLock<aws_sdk_s3::Client> = std::sync::OnceLock::new();
    if let Some(client) = CLIENT.get() {
        return Ok(client.clone());
    }
    let config = aws_sdk_s3::config::Builder::from(crate::aws::config::config()?);
    let config = config.force_path_style(endpoint().is_some()).build();
    Ok(CLIENT.get_or_init(|| aws_sdk_s3::Client::from_conf(config)).clone())
}
