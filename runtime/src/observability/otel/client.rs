//! HTTP to the collector: takes a request, gives the answer. A collector runs on this machine or within
//! the network, so there is no TLS; the exporter's own clients would bring a second HTTP client, and a
//! thread for it.

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

/// What a collector says of spans that it does not take is short.
const LARGEST_ANSWER: usize = 64 * 1024;

/// A connection for each request: one that was kept would be dead after a freeze, and to this machine
/// a new one costs next to nothing.
#[derive(Debug)]
pub(super) struct Client;

impl HttpClient for Client {
    // As `async_trait` has it.
    fn send_bytes<'s, 'f>(
        &'s self,
        request: Request<Bytes>,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Bytes>, HttpError>> + Send + 'f>>
    where
        's: 'f,
        Self: 'f,
    {
        Box::pin(send(request))
    }
}

async fn send(request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
    let (address, host) = address(request.uri())?;
    let (mut parts, body) = request.into_parts();
    parts.headers.insert(header::HOST, host);
    // To a server, a request is for a path.
    let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    parts.uri = path.parse()?;
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
    // Its errors are those of the request, and it ends with the sender.
    tokio::spawn(connection);
    let response = sender.send_request(Request::from_parts(parts, Full::new(body))).await?;
    let (parts, body) = response.into_parts();
    let body = Limited::new(body, LARGEST_ANSWER).collect().await?.to_bytes();
    Ok(Response::from_parts(parts, body))
}

/// Where to connect, and the host that the request is for.
fn address(uri: &Uri) -> Result<(String, HeaderValue), HttpError> {
    if uri.scheme() != Some(&Scheme::HTTP) {
        return Err(format!(
            "`{uri}` is not an `http` address; help: send to a collector beside the function, which \
             can send on to others by https"
        )
        .into());
    }
    let authority = uri.authority().ok_or("the address has no host")?;
    // Without asking for it by name, which takes another thread.
    let host = match authority.host() {
        "localhost" => "127.0.0.1",
        host => host,
    };
    let address = format!("{host}:{}", authority.port_u16().unwrap_or(80));
    Ok((address, HeaderValue::try_from(authority.as_str())?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address_of(uri: &str) -> Result<(String, HeaderValue), HttpError> {
        address(&uri.parse().unwrap())
    }

    #[test]
    fn the_collector_is_where_its_address_says() {
        for (uri, expected, host) in [
            ("http://localhost:4318/v1/traces", "127.0.0.1:4318", "localhost:4318"),
            ("http://collector/v1/traces", "collector:80", "collector"),
            ("http://[::1]:4318/", "[::1]:4318", "[::1]:4318"),
        ] {
            assert_eq!(address_of(uri).unwrap(), (expected.to_owned(), host.try_into().unwrap()));
        }
    }

    #[test]
    fn an_address_by_https_says_what_to_do() {
        let error = address_of("https://api.example/v1/traces").unwrap_err().to_string();
        assert!(error.contains("help: send to a collector beside the function"), "{error}");
    }
}
