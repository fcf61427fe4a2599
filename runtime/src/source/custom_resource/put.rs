//! Sends a response to the pre-signed URL of its request, with a few tries within the time that is left. No error and
//! no line of the log has the URL: whoever has it can answer the request.

use std::sync::OnceLock;
use std::time::Duration;

use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_http_client::{Connector, tls};
use aws_smithy_runtime_api::client::http::{
    HttpConnector as _, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use http::Uri;
use tokio::time::{Instant, sleep, timeout_at};

use crate::messages::custom_resource::{self as messages, PutFailure};
use crate::{Context, Error};

/// How long to wait for a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(3_100);

/// How long to wait for the result of one try.
const TRY_TIMEOUT: Duration = Duration::from_secs(5);

/// The most tries.
const TRIES: u32 = 6;

/// The pause after the first try. Each further pause is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(50);

/// The time before the deadline at which the last try ends, so that its failure can be reported.
const REPORT_MARGIN: Duration = Duration::from_millis(50);

/// Sends the response `body` to this URL.
pub(super) async fn put_response(url: &str, body: &[u8], context: &Context) -> Result<(), Error> {
    let connector = connector_for(url).ok_or_else(messages::invalid_url)?;
    let end = Instant::now() + context.remaining().saturating_sub(REPORT_MARGIN);
    let mut pause = FIRST_PAUSE;
    for number in 1.. {
        let request = new_request(url, body).ok_or_else(messages::invalid_url)?;
        let limit = end.min(Instant::now() + TRY_TIMEOUT);
        let failure = match timeout_at(limit, connector.call(request)).await {
            Err(_) => PutFailure::NoAnswer,
            // The text of the error may have the URL.
            Ok(Err(error)) if error.is_timeout() => PutFailure::NoAnswer,
            Ok(Err(_)) => PutFailure::NoConnection,
            Ok(Ok(response)) => match response.status().as_u16() {
                200..300 => return Ok(()),
                status => PutFailure::Status(status),
            },
        };
        if !failure.is_transient() || number >= TRIES || Instant::now() + pause >= end {
            return Err(messages::not_delivered(&failure, number));
        }
        sleep(pause).await;
        pause *= 2;
    }
    Err(messages::invalid_url())
}

/// Makes the request. Returns `None` if the text is not a URL.
fn new_request(url: &str, body: &[u8]) -> Option<HttpRequest> {
    let mut request = HttpRequest::new(SdkBody::from(body));
    request.set_method("PUT").ok()?;
    request.set_uri(url).ok()?;
    // The URL is signed for a request without a content type.
    request.headers_mut().try_insert("content-type", "").ok()?;
    request.headers_mut().try_insert("content-length", body.len().to_string()).ok()?;
    Some(request)
}

/// Returns the connector for a URL: `https`, or `http` to this machine. Returns `None` for any other URL.
fn connector_for(url: &str) -> Option<&'static SharedHttpConnector> {
    static PLAIN: OnceLock<SharedHttpConnector> = OnceLock::new();
    static TLS: OnceLock<SharedHttpConnector> = OnceLock::new();
    let uri: Uri = url.parse().ok()?;
    let builder = || {
        let settings = HttpConnectorSettings::builder().connect_timeout(CONNECT_TIMEOUT).build();
        Connector::builder().sleep_impl(TokioSleep::new()).connector_settings(settings)
    };
    match (uri.scheme_str()?, uri.host()?) {
        ("https", _) => {
            let ring = tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring);
            let make = || SharedHttpConnector::new(builder().tls_provider(ring).build());
            Some(TLS.get_or_init(make))
        }
        ("http", "127.0.0.1" | "localhost" | "[::1]") => {
            Some(PLAIN.get_or_init(|| SharedHttpConnector::new(builder().build_http())))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_goes_over_tls_or_to_this_machine() {
        for url in [
            "https://bucket.s3.amazonaws.com/a%7Cb?Signature=x%3D",
            "http://127.0.0.1:1/",
            "http://localhost/",
        ] {
            assert!(connector_for(url).is_some(), "{url}");
            assert!(new_request(url, b"{}").is_some(), "{url}");
        }
        for url in [
            "http://example.com/",
            "ftp://a/",
            "",
            "/path",
            "https://",
            "http://127.0.0.1.example.com/",
            "no url\n",
        ] {
            assert!(connector_for(url).is_none(), "{url}");
        }
    }
}
