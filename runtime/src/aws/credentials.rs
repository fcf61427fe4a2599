//! The AWS credentials of this process, for the clients that sign requests. Credentials that the environment has are
//! used as they are. Where it has an address instead, credentials are fetched from there at the first request, and
//! again before they expire.
// See decision 0095.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, SystemTime};

use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_http_client::{Connector, tls};
use aws_smithy_runtime_api::client::http::{
    HttpConnector as _, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::date_time::{DateTime, Format};
use http_body_util::{BodyExt, Limited};
use serde::Deserialize;

use super::environment::{CredentialEndpoint, CredentialSource, EndpointToken, Keys};
use crate::{Error, messages};

/// How long before their expiration credentials are fetched again.
const REFRESH_MARGIN: Duration = Duration::from_mins(5);

/// How long credentials without an expiration are used, and how long to wait after a fetch that failed while the
/// credentials are still valid.
const MAX_AGE: Duration = Duration::from_mins(15);
const RETRY_INTERVAL: Duration = Duration::from_secs(30);

/// How often a fetch is tried, and how long one try may take.
const TRIES: u32 = 3;
const TRY_TIME: Duration = Duration::from_secs(2);

/// The largest response with credentials.
const MAX_RESPONSE_BYTES: usize = 64 * 1024;

/// The credentials of this process. Cloning is cheap, and clones share what was fetched.
#[derive(Clone)]
pub(crate) enum AwsCredentials {
    Keys(Arc<Keys>),
    Fetched(Arc<FetchedCredentials>),
}

/// Credentials that are fetched from an address.
pub(crate) struct FetchedCredentials {
    endpoint: CredentialEndpoint,
    connector: SharedHttpConnector,
    current: Mutex<Option<CurrentKeys>>,
    /// Held while credentials are fetched, so that only one request fetches them.
    fetching: tokio::sync::Mutex<()>,
}

/// Credentials, when they expire, and when to fetch new ones.
#[derive(Clone)]
struct CurrentKeys {
    keys: Arc<Keys>,
    expires: Option<SystemTime>,
    refresh: SystemTime,
}

/// The response with credentials. See "Container credential provider" of the AWS SDKs and Tools Reference Guide.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct CredentialResponse {
    access_key_id: String,
    secret_access_key: String,
    token: Option<String>,
    expiration: Option<String>,
}

impl AwsCredentials {
    pub(crate) fn new(source: CredentialSource) -> Self {
        match source {
            CredentialSource::Keys(keys) => Self::Keys(Arc::new(keys)),
            CredentialSource::Endpoint(endpoint) => {
                Self::Fetched(Arc::new(FetchedCredentials::new(endpoint)))
            }
        }
    }

    /// Returns the credentials of the process from the source in its environment. All clients share them.
    pub(crate) fn shared(source: CredentialSource) -> Self {
        static SHARED: OnceLock<AwsCredentials> = OnceLock::new();
        SHARED.get_or_init(|| Self::new(source)).clone()
    }

    /// Returns valid credentials and when they expire; `None` if that is not known.
    pub(crate) async fn get(&self) -> Result<(Arc<Keys>, Option<SystemTime>), Error> {
        match self {
            Self::Keys(keys) => Ok((Arc::clone(keys), None)),
            Self::Fetched(fetched) => fetched.get().await.map(|it| (it.keys, it.expires)),
        }
    }
}

impl std::fmt::Debug for AwsCredentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AwsCredentials")
    }
}

impl FetchedCredentials {
    fn new(endpoint: CredentialEndpoint) -> Self {
        let timeouts = HttpConnectorSettings::builder()
            .connect_timeout(TRY_TIME)
            .read_timeout(TRY_TIME)
            .build();
        let builder =
            Connector::builder().sleep_impl(TokioSleep::new()).connector_settings(timeouts);
        let connector = if endpoint.uri.to_ascii_lowercase().starts_with("https:") {
            let ring = tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring);
            SharedHttpConnector::new(builder.tls_provider(ring).build())
        } else {
            SharedHttpConnector::new(builder.build_http())
        };
        let (current, fetching) = (Mutex::default(), tokio::sync::Mutex::default());
        Self { endpoint, connector, current, fetching }
    }

    /// Returns valid credentials. Fetches them if they are about to expire; if that fails, the old ones are used as
    /// long as they are valid.
    async fn get(&self) -> Result<CurrentKeys, Error> {
        if let Some(current) = self.fresh() {
            return Ok(current);
        }
        let _guard = self.fetching.lock().await;
        // Another request may have fetched them in the meantime.
        if let Some(current) = self.fresh() {
            return Ok(current);
        }
        let fetched = self.fetch_with_retries().await;
        let now = SystemTime::now();
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        match (fetched, &mut *current) {
            (Ok(fetched), current) => Ok(current.insert(fetched).clone()),
            (Err(_), Some(old)) if old.expires.is_some_and(|expires| expires > now) => {
                old.refresh = now + RETRY_INTERVAL;
                Ok(old.clone())
            }
            (Err(error), _) => Err(error),
        }
    }

    /// Returns the credentials that were fetched, unless it is time to fetch new ones.
    fn fresh(&self) -> Option<CurrentKeys> {
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        current.clone().filter(|current| SystemTime::now() < current.refresh)
    }

    async fn fetch_with_retries(&self) -> Result<CurrentKeys, Error> {
        let mut tries = 1;
        loop {
            let fetched = tokio::time::timeout(2 * TRY_TIME, self.fetch()).await;
            let error = match fetched {
                Ok(Ok(current)) => return Ok(current),
                Ok(Err(error)) => error,
                Err(_) => messages::aws::credentials_not_fetched(&messages::aws::timed_out()),
            };
            if tries == TRIES {
                return Err(error);
            }
            tokio::time::sleep(Duration::from_millis(50) * tries).await;
            tries += 1;
        }
    }

    /// Fetches credentials.
    async fn fetch(&self) -> Result<CurrentKeys, Error> {
        fn failed(why: impl std::fmt::Display) -> Error {
            messages::aws::credentials_not_fetched(&why)
        }
        let mut request = HttpRequest::new(SdkBody::empty());
        request.set_uri(self.endpoint.uri.clone()).map_err(failed)?;
        request.headers_mut().insert("accept", "application/json");
        if let Some(token) = self.read_token()? {
            request.headers_mut().try_insert("authorization", token).map_err(failed)?;
        }
        let response = self.connector.call(request).await.map_err(failed)?;
        let status = response.status().as_u16();
        let body = Limited::new(response.into_body(), MAX_RESPONSE_BYTES).collect().await;
        let body = body.map_err(failed)?.to_bytes();
        if status != 200 {
            return Err(failed(messages::aws::credentials_refused(status)));
        }
        // The error of serde may show a part of the response, which is secret.
        let response: CredentialResponse = serde_json::from_slice(&body)
            .map_err(|_| failed(messages::aws::invalid_aws_response()))?;
        let expires = response.expiration.as_deref().map(parse_time).transpose()?;
        let now = SystemTime::now();
        let refresh = match expires {
            // Credentials that expire soon are fetched again in a moment, not for every request.
            Some(expires) => {
                (expires - REFRESH_MARGIN).max(now + RETRY_INTERVAL).min(expires.max(now))
            }
            None => now + MAX_AGE,
        };
        let keys = Keys {
            access_key: response.access_key_id,
            secret_key: response.secret_access_key,
            session_token: response.token,
        };
        Ok(CurrentKeys { keys: Arc::new(keys), expires, refresh })
    }

    /// Returns the token that the request sends; `None` if it sends none.
    fn read_token(&self) -> Result<Option<String>, Error> {
        match &self.endpoint.token {
            EndpointToken::None => Ok(None),
            EndpointToken::Value(token) => Ok(Some(token.clone())),
            EndpointToken::File(path) => {
                let token = std::fs::read_to_string(path);
                let failed = |why| messages::aws::credentials_not_fetched(&why);
                Ok(Some(token.map_err(failed)?.trim().to_owned()))
            }
        }
    }
}

/// Parses the time at which credentials expire.
fn parse_time(text: &str) -> Result<SystemTime, Error> {
    let time = DateTime::from_str(text, Format::DateTimeWithOffset).ok();
    let time = time.and_then(|time| SystemTime::try_from(time).ok());
    time.ok_or_else(|| {
        messages::aws::credentials_not_fetched(&messages::aws::invalid_aws_response())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::testing::{FakeAws, FakeResponse};
    use crate::testing::block_on;

    /// A server whose credentials are named `key-1`, `key-2` and so on, and expire in this time.
    fn server(seconds: i64) -> FakeAws {
        let count = std::sync::atomic::AtomicU32::new(0);
        FakeAws::start(move |_| {
            let number = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
            let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
            let expires = DateTime::from_secs(i64::try_from(now).unwrap() + seconds);
            let expiration = expires.fmt(Format::DateTime).unwrap();
            FakeResponse::ok(format!(
                r#"{{"AccessKeyId":"key-{number}","SecretAccessKey":"s","Token":"t","Expiration":"{expiration}"}}"#
            ))
        })
    }

    fn fetched(server: &FakeAws, token: EndpointToken) -> AwsCredentials {
        let uri = format!("{}/credentials", server.url);
        AwsCredentials::new(CredentialSource::Endpoint(CredentialEndpoint { uri, token }))
    }

    fn key(credentials: &AwsCredentials) -> Result<String, Error> {
        block_on(credentials.get()).map(|(keys, _)| keys.access_key.clone())
    }

    #[test]
    fn credentials_are_fetched_once_with_the_token_and_kept_until_they_expire() {
        let server = server(3_600);
        let credentials = fetched(&server, EndpointToken::Value("Bearer x".into()));
        for _ in 0..3 {
            assert_eq!(key(&credentials).unwrap(), "key-1");
        }
        let seen = server.seen();
        assert_eq!((seen.len(), seen[0].path.as_str()), (1, "/credentials"));
        assert_eq!(seen[0].header("authorization"), Some("Bearer x"));
    }

    #[test]
    fn expired_credentials_are_fetched_again() {
        let server = server(-1);
        let credentials = fetched(&server, EndpointToken::None);
        assert_eq!([key(&credentials).unwrap(), key(&credentials).unwrap()], ["key-1", "key-2"]);
        assert_eq!(server.seen()[0].header("authorization"), None);
    }

    #[test]
    fn concurrent_requests_fetch_credentials_once() {
        let server = server(3_600);
        let credentials = fetched(&server, EndpointToken::None);
        block_on(async {
            let (one, other) = tokio::join!(credentials.get(), credentials.get());
            assert!(one.is_ok() && other.is_ok());
        });
        assert_eq!(server.seen().len(), 1);
    }

    #[test]
    fn a_refusal_is_an_error_with_its_status_and_without_its_body() {
        for body in ["{}", "not JSON", r#"{"AccessKeyId":"secret"}"#] {
            for status in [200, 403] {
                let server = FakeAws::start(move |_| FakeResponse(status, Vec::new(), body.into()));
                let error = key(&fetched(&server, EndpointToken::None)).unwrap_err();
                assert_eq!((error.name(), server.seen().len()), ("CredentialsNotFetched", 3));
                assert!(!error.to_string().contains("secret"), "{error}");
            }
        }
    }

    #[test]
    fn a_token_is_read_from_its_file_each_time() {
        let server = server(-1);
        let path = std::env::temp_dir().join(format!("skylift-token-{}", std::process::id()));
        let credentials = fetched(&server, EndpointToken::File(path.to_str().unwrap().into()));
        assert!(key(&credentials).is_err(), "there is no file");
        for token in ["one", "two"] {
            std::fs::write(&path, format!("{token}\n")).unwrap();
            key(&credentials).unwrap();
            assert_eq!(server.seen().last().unwrap().header("authorization"), Some(token));
        }
        std::fs::remove_file(&path).unwrap();
    }
}
