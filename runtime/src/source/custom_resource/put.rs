//! Sends a response to the pre-signed URL of its request. No error and no line of the log has the URL: whoever has it can
//! answer the request.

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use http::Uri;

use crate::aws::delivery::{send, try_until_sent};
use crate::messages::custom_resource as messages;
use crate::messages::delivery::{DeliveryFailure, not_delivered};
use crate::{Context, Error};

/// Sends the response `body` to this URL.
pub(super) async fn put_response(url: &str, body: &[u8], context: &Context) -> Result<(), Error> {
    let is_encrypted = is_encrypted(url).ok_or_else(messages::invalid_url)?;
    new_request(url, body).ok_or_else(messages::invalid_url)?;
    let attempt = || async {
        let request = new_request(url, body).ok_or(DeliveryFailure::NoConnection)?;
        match send(request, is_encrypted).await?.status().as_u16() {
            200..300 => Ok(()),
            status => Err(DeliveryFailure::Status(status)),
        }
    };
    let sent = try_until_sent(context, attempt).await;
    sent.map_err(|(failure, tries)| not_delivered(messages::SERVICE, &failure, tries))
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

/// Returns whether a URL is encrypted: `https`, and not `http` to this machine. Returns `None` for any other URL.
fn is_encrypted(url: &str) -> Option<bool> {
    let uri: Uri = url.parse().ok()?;
    match (uri.scheme_str()?, uri.host()?) {
        ("https", _) => Some(true),
        ("http", "127.0.0.1" | "localhost" | "[::1]") => Some(false),
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
            assert!(is_encrypted(url).is_some(), "{url}");
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
            assert!(is_encrypted(url).is_none(), "{url}");
        }
    }
}
