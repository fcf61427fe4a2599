//! One connection to the runtime API, kept open over the events: takes a request, gives the response
//! with its whole body. It connects when it has to; whoever calls it decides about trying again.

use bytes::Bytes;
use http::{HeaderValue, Request, Response, header};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::Error;

/// A connection that may be open.
pub(super) struct Connection {
    address: String,
    open: Option<SendRequest<Full<Bytes>>>,
}

impl Connection {
    pub(super) fn new(address: String) -> Self {
        Self { address, open: None }
    }

    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Sends one request. After an error the next one starts on a new connection.
    pub(super) async fn send(
        &mut self,
        mut request: Request<Full<Bytes>>,
    ) -> Result<Response<Bytes>, Error> {
        let host = HeaderValue::try_from(self.address.as_str())?;
        request.headers_mut().insert(header::HOST, host);
        let mut sender = match self.open.take() {
            Some(sender) if !sender.is_closed() => sender,
            _ => connect(&self.address).await?,
        };
        sender.ready().await?;
        let (parts, body) = sender.send_request(request).await?.into_parts();
        let body = body.collect().await?.to_bytes();
        self.open = Some(sender);
        Ok(Response::from_parts(parts, body))
    }
}

async fn connect(address: &str) -> Result<SendRequest<Full<Bytes>>, Error> {
    let stream = TcpStream::connect(address).await?;
    // Without it the kernel holds a small answer back for tens of milliseconds.
    stream.set_nodelay(true)?;
    let (sender, connection) = handshake(TokioIo::new(stream)).await?;
    // Its errors are those of the request in flight, which reports them.
    tokio::spawn(connection);
    Ok(sender)
}
