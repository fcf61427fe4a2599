//! [`CollectorClient`]: the HTTP client that sends spans to the collector. A collector runs on this machine or in the same
//! network, so there is no TLS. The exporter's own clients would add a second HTTP client, with a thread.

use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use http::uri::Scheme;
use http::{HeaderValue, Request, Response, Uri, header};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use opentelemetry_http::{HttpClient, HttpError};
use tokio::net::TcpStream;

use crate::messages;

/// The most bytes that a response of the collector may have. A collector answers with a short text if it refuses
/// spans.
const MAX_RESPONSE_BYTES: usize = 64 * 1024;

/// The HTTP client that sends spans to the collector. It opens a connection for each request: a connection that it
/// kept would be closed after Lambda froze the process, and a new connection to this machine is cheap.
#[derive(Debug)]
pub(super) struct CollectorClient;

impl HttpClient for CollectorClient {
    // The signature that `async_trait` generates.
    fn send_bytes<'s, 'f>(
        &'s self,
        request: Request<Bytes>,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Bytes>, HttpError>> + Send + 'f>>
    where
        's: 'f,
        Self: 'f,
    {
        Box::pin(send_to_collector(request))
    }
}

/// Sends a request to the collector over a new connection, and returns the response.
async fn send_to_collector(request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
    let CollectorAddress { address, host } = collector_address(request.uri())?;
    let (mut parts, body) = request.into_parts();
    parts.headers.insert(header::HOST, host);
    // A request to a server has only the path.
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    parts.uri = path.parse()?;
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
    // Its errors are also errors of the request. It ends when the sender is dropped.
    tokio::spawn(connection);
    let response = sender.send_request(Request::from_parts(parts, Full::new(body))).await?;
    let (parts, body) = response.into_parts();
    let body = Limited::new(body, MAX_RESPONSE_BYTES).collect().await?.to_bytes();
    Ok(Response::from_parts(parts, body))
}

/// The address of a collector.
#[derive(Debug, PartialEq, Eq)]
struct CollectorAddress {
    /// The host and the port to connect to: `127.0.0.1:4318`.
    address: String,
    /// The value of the header `Host` of a request to the collector.
    host: HeaderValue,
}

/// Returns the address of the collector at this URI. Fails if the URI is not an `http` URI with a host.
fn collector_address(uri: &Uri) -> Result<CollectorAddress, HttpError> {
    if uri.scheme() != Some(&Scheme::HTTP) {
        return Err(messages::observability::collector_not_http(uri).into());
    }
    let authority = uri.authority().ok_or_else(messages::observability::collector_without_host)?;
    // Resolving a name takes another thread.
    let host = match authority.host() {
        "localhost" => "127.0.0.1",
        host => host,
    };
    let address = format!("{host}:{}", authority.port_u16().unwrap_or(80));
    Ok(CollectorAddress { address, host: HeaderValue::try_from(authority.as_str())? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_address(uri: &str) -> Result<CollectorAddress, HttpError> {
        collector_address(&uri.parse().unwrap())
    }

    #[test]
    fn the_address_has_the_host_and_port_of_the_uri() {
        for (uri, expected, host) in [
            ("http://localhost:4318/v1/traces", "127.0.0.1:4318", "localhost:4318"),
            ("http://collector/v1/traces", "collector:80", "collector"),
            ("http://[::1]:4318/", "[::1]:4318", "[::1]:4318"),
        ] {
            let host = host.try_into().unwrap();
            let expected = CollectorAddress { address: expected.to_owned(), host };
            assert_eq!(parse_address(uri).unwrap(), expected);
        }
    }

    #[test]
    fn the_error_for_https_says_what_to_do() {
        let error = parse_address("https://api.example/v1/traces").unwrap_err().to_string();
        assert!(error.contains("help: send to a collector beside the function"), "{error}");
    }
}
