//! One connection to the runtime API, kept open over the events: takes a request, gives the status of the
//! response, and keeps the rest of it. It connects when it has to; whoever calls it decides about trying
//! again.

use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::pin::Pin;

use tokio::io::AsyncWrite;
use tokio::net::TcpStream;

use super::receive::Receiver;
use crate::Error;

/// A body up to this length is written together with its head, which costs a copy and saves the kernel
/// a list of two.
const COPIED: usize = 16 * 1024;

/// A connection that may be open.
pub(super) struct Connection {
    address: String,
    open: Option<TcpStream>,
    pub(super) received: Receiver,
}

impl Connection {
    pub(super) fn new(address: String) -> Self {
        Self { address, open: None, received: Receiver::new() }
    }

    /// Host and port.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Sends one request. After an error the next one starts on a new connection. The head's buffer
    /// may be written to.
    pub(super) async fn send(&mut self, head: &mut Vec<u8>, body: &[u8]) -> Result<u16, Error> {
        let mut stream = self.stream().await?;
        let written = if body.len() <= COPIED {
            head.extend_from_slice(body);
            write(&mut stream, head, &[]).await
        } else {
            write(&mut stream, head, body).await
        };
        self.answer(stream, written).await
    }

    /// The open stream, or a new one; it is given back with [`Self::answer`].
    pub(super) async fn stream(&mut self) -> Result<TcpStream, Error> {
        if let Some(stream) = self.open.take() {
            return Ok(stream);
        }
        let stream = TcpStream::connect(&self.address).await?;
        // Without it the kernel holds a small answer back for tens of milliseconds.
        stream.set_nodelay(true)?;
        Ok(stream)
    }

    /// Receives the response to what was written. A server that refuses a request may answer before
    /// it has read all of it, and close: so that is looked for even where writing failed.
    pub(super) async fn answer(
        &mut self,
        mut stream: TcpStream,
        written: io::Result<()>,
    ) -> Result<u16, Error> {
        match (self.received.receive(&mut stream).await, written) {
            (Ok(status), Ok(())) => {
                if self.received.head().is_some_and(|(head, _)| !head.close) {
                    self.open = Some(stream);
                }
                Ok(status)
            }
            (Ok(status), Err(_)) => Ok(status),
            (Err(_), Err(error)) => Err(error.into()),
            (Err(error), Ok(())) => Err(error),
        }
    }

    /// Ends the connection.
    pub(super) fn close(&mut self) {
        self.open = None;
    }
}

/// Writes two pieces, one after the other.
pub(super) async fn write(
    stream: &mut TcpStream,
    mut first: &[u8],
    mut second: &[u8],
) -> io::Result<()> {
    while !(first.is_empty() && second.is_empty()) {
        let written = poll_fn(|cx| {
            let stream = Pin::new(&mut *stream);
            if first.is_empty() || second.is_empty() {
                stream.poll_write(cx, if first.is_empty() { second } else { first })
            } else {
                stream.poll_write_vectored(cx, &[IoSlice::new(first), IoSlice::new(second)])
            }
        })
        .await?;
        if written == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        let of_first = written.min(first.len());
        first = &first[of_first..];
        second = &second[written - of_first..];
    }
    Ok(())
}
