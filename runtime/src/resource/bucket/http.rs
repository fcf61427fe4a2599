//! HTTP for `object_store`, by the client that AWS's SDK uses too, so that a binary has one: takes its
//! requests, gives S3's answers. The roots of TLS are read at the first request that needs them.

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
use http::Response;
use http_body_util::BodyExt;
use object_store::ClientOptions;
use object_store::client::{
    HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse,
    HttpResponseBody, HttpService,
};

use super::keys;
use crate::aws::trace::propagate;

/// As long as the SDK waits for a connection.
const CONNECT: Duration = Duration::from_millis(3_100);

/// How long a request may take until S3 begins its answer; it is tried again then.
const ANSWER: Duration = Duration::from_secs(30);

/// What a slow network sends in a second, in bytes: a request may take that much longer for its body.
const SLOW: u64 = 128 * 1_024;

/// The client of this process, for any number of buckets.
#[derive(Debug)]
pub(super) struct Shared;

impl HttpConnector for Shared {
    fn connect(&self, _: &ClientOptions) -> object_store::Result<HttpClient> {
        static CLIENT: OnceLock<HttpClient> = OnceLock::new();
        Ok(CLIENT.get_or_init(|| HttpClient::new(ByScheme::default())).clone())
    }
}

#[derive(Debug, Default)]
struct ByScheme {
    plain: OnceLock<SharedHttpConnector>,
    tls: OnceLock<SharedHttpConnector>,
}

impl ByScheme {
    fn connector(&self, scheme: Option<&str>) -> &SharedHttpConnector {
        // No read timeout: it would hold for the sending of a body as well.
        let timeouts = HttpConnectorSettings::builder().connect_timeout(CONNECT).build();
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
        let connector = self.connector(request.uri().scheme_str());
        let lists = keys::lists(request.uri());
        let length = u64::try_from(request.body().content_length()).unwrap_or(u64::MAX);
        let patience = ANSWER.saturating_add(Duration::from_secs(length / SLOW));
        let request = request.map(|body| match body.as_bytes() {
            // A body that can be sent once more, should the connection turn out to be dead.
            Some(bytes) => SdkBody::from(bytes.clone()),
            None => SdkBody::from_body_1_x(body),
        });
        let mut request =
            request.try_into().map_err(|error| wrong(HttpErrorKind::Unknown, error))?;
        propagate(&mut request);
        let answer = tokio::time::timeout(patience, connector.call(request)).await;
        let response = answer
            .map_err(|elapsed| wrong(HttpErrorKind::Timeout, elapsed))?
            .map_err(unreachable)?;
        let response =
            response.try_into_http1x().map_err(|error| wrong(HttpErrorKind::Decode, error))?;
        if lists && response.status().is_success() {
            return escaped(response).await;
        }
        Ok(response.map(|body| {
            HttpResponseBody::new(
                body.map_err(|error| HttpError::new_boxed(HttpErrorKind::Interrupted, error)),
            )
        }))
    }
}

impl HttpService for ByScheme {
    // As `async_trait` has it.
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

/// A list with its keys escaped: `object_store` takes keys for paths, and would refuse a list with a
/// key like `a//b` in it, and cut the end off `folder/`.
async fn escaped(response: Response<SdkBody>) -> Result<HttpResponse, HttpError> {
    let (parts, body) = response.into_parts();
    let body = body.collect().await;
    let body = body.map_err(|error| HttpError::new_boxed(HttpErrorKind::Interrupted, error))?;
    let list = String::from_utf8_lossy(&body.to_bytes()).into_owned();
    Ok(Response::from_parts(parts, keys::escape_list(&list).into()))
}

/// A connection that S3 had closed, as while Lambda froze the process, is "transient" to the client, and
/// an error of the connection may have come after the request was sent: `object_store` sends what is
/// interrupted again only where twice does no harm.
fn unreachable(error: ConnectorError) -> HttpError {
    let kind = if error.is_timeout() {
        HttpErrorKind::Timeout
    } else if error.is_io() || error.as_other() == Some(ErrorKind::TransientError) {
        HttpErrorKind::Interrupted
    } else {
        HttpErrorKind::Unknown
    };
    wrong(kind, error)
}

fn wrong(kind: HttpErrorKind, error: impl std::error::Error + Send + Sync + 'static) -> HttpError {
    HttpError::new(kind, error)
}
