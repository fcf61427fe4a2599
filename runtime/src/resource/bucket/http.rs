//! The HTTP client of all requests to S3: the HTTP client of the AWS SDK, so that a binary has only one. It sends
//! requests of `object_store`, and those of this client, and returns S3's responses. The TLS root certificates are read at the first request
//! that needs them.

use std::pin::Pin;
use std::sync::OnceLock;
use std::time::Duration;

use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_http_client::{Connector, tls};
use aws_smithy_runtime_api::client::http::{
    HttpConnector as _, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::retry::ErrorKind;
use http_body_util::BodyExt;
use object_store::ClientOptions;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse,
    HttpResponseBody, HttpService,
};

use crate::aws::trace_propagation::propagate_trace_header;

/// How long to wait for a connection to S3: as long as the AWS SDK waits.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(3_100);

/// How long to wait until S3 begins its response to a request. After that time the request is retried.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(30);

/// How many bytes a slow network sends in a second. The timeout of a request grows by the time for its body.
const SLOW_BYTES_PER_SECOND: u64 = 128 * 1_024;

/// The connector of `object_store` that gives all buckets of the process the same HTTP client.
#[derive(Debug)]
pub(super) struct SharedConnector;

impl HttpConnector for SharedConnector {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(http_client().clone())
    }
}

/// Returns the one HTTP client that this process has for S3.
pub(super) fn http_client() -> &'static HttpClient {
    static CLIENT: OnceLock<HttpClient> = OnceLock::new();
    CLIENT.get_or_init(|| HttpClient::new(HttpClientByScheme::default()))
}

/// The HTTP client of all buckets: a connector for `http` and a connector for `https`, each made at its first
/// request.
#[derive(Debug, Default)]
struct HttpClientByScheme {
    plain: OnceLock<SharedHttpConnector>,
    tls: OnceLock<SharedHttpConnector>,
}

impl HttpClientByScheme {
    /// Returns the connector for a URI with this scheme: `http`, or `https` for any other scheme.
    fn choose_connector(&self, scheme: Option<&str>) -> &SharedHttpConnector {
        // No read timeout: it would also limit how long the body is sent.
        let timeouts = HttpConnectorSettings::builder().connect_timeout(CONNECT_TIMEOUT).build();
        let builder = || {
            Connector::builder()
                .sleep_impl(TokioSleep::new())
                .connector_settings(timeouts)
                .enable_tcp_nodelay(true)
        };
        if scheme == Some("http") {
            return self.plain.get_or_init(|| SharedHttpConnector::new(builder().build_http()));
        }
        let ring = tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring);
        let make = || SharedHttpConnector::new(builder().tls_provider(ring).build());
        self.tls.get_or_init(make)
    }

    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let connector = self.choose_connector(request.uri().scheme_str());
        let length = u64::try_from(request.body().content_length()).unwrap_or(u64::MAX);
        let body_time = Duration::from_secs(length / SLOW_BYTES_PER_SECOND);
        let timeout = RESPONSE_TIMEOUT.saturating_add(body_time);
        let request = request.map(|body| match body.as_bytes() {
            // This body can be sent again if the connection turns out to be closed.
            Some(bytes) => SdkBody::from(bytes.clone()),
            None => SdkBody::from_body_1_x(body),
        });
        let mut request =
            request.try_into().map_err(|error| make_http_error(HttpErrorKind::Unknown, error))?;
        propagate_trace_header(&mut request);
        let response = tokio::time::timeout(timeout, connector.call(request)).await;
        let response = response
            .map_err(|elapsed| make_http_error(HttpErrorKind::Timeout, elapsed))?
            .map_err(convert_connection_error)?;
        let response = response
            .try_into_http1x()
            .map_err(|error| make_http_error(HttpErrorKind::Decode, error))?;
        Ok(response.map(|body| {
            HttpResponseBody::new(
                body.map_err(|error| HttpError::new_boxed(HttpErrorKind::Interrupted, error)),
            )
        }))
    }
}

impl HttpService for HttpClientByScheme {
    // The signature that `async_trait` generates.
    fn call<'s, 'f>(
        &'s self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'f>>
    where
        's: 'f,
        Self: 'f,
    {
        Box::pin(self.send(request))
    }
}

/// Converts an error of the connection to S3 into an error of `object_store`.
///
/// S3 may have closed the connection while Lambda had frozen the process; the HTTP client calls that error
/// "transient". A transient error may also occur after the request was sent, so its kind is `Interrupted`:
/// `object_store` retries an interrupted request only if sending it twice does no harm.
fn convert_connection_error(error: ConnectorError) -> HttpError {
    let kind = if error.is_timeout() {
        HttpErrorKind::Timeout
    } else if error.is_io() || error.as_other() == Some(ErrorKind::TransientError) {
        HttpErrorKind::Interrupted
    } else {
        HttpErrorKind::Unknown
    };
    make_http_error(kind, error)
}

fn make_http_error(
    kind: HttpErrorKind,
    error: impl std::error::Error + Send + Sync + 'static,
) -> HttpError {
    HttpError::new(kind, error)
}
