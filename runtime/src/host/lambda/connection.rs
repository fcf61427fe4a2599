//! One connection to the runtime API, kept open between events: takes a request, returns the status of the
//! response, and keeps the rest of the response. It connects when it has to. Its callers decide about
//! retries.

use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::AsyncWrite;
use tokio::net::TcpStream;

use super::response_buffer::ResponseBuffer;
use crate::{Error, messages};

/// A connection, open or not.
pub(super) struct Connection {
    address: String,
    open: Option<TcpStream>,
    pub(super) received: ResponseBuffer,
}

impl Connection {
    pub(super) fn new(address: String) -> Self {
        Self { address, open: None, received: ResponseBuffer::new() }
    }

    /// The host and port.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Sends one request and returns the status of the response. After an error, the next request opens a new
    /// connection.
    pub(super) async fn send(&mut self, head: &[u8], body: &[u8]) -> Result<u16, Error> {
        let stream = match &mut self.open {
            Some(stream) => stream,
            None => self.open_stream()?,
        };
        let written = match try_write(stream, head, body) {
            WriteProgress::Complete => Ok(()),
            WriteProgress::Partial(done) => write_rest(stream, head, body, done).await,
        };
        self.received.clear();
        let received = poll_fn(|cx| self.poll_response(cx)).await;
        self.finish_request(received, written)
    }

    /// Returns the open stream, or opens one.
    pub(super) fn open_stream(&mut self) -> Result<&mut TcpStream, Error> {
        match &mut self.open {
            Some(stream) => Ok(stream),
            open => Ok(open.insert(connect(&self.address)?)),
        }
    }

    /// Receives the response to a request that was written to the stream.
    pub(super) async fn receive_response(&mut self, written: io::Result<()>) -> Result<u16, Error> {
        self.received.clear();
        let received = poll_fn(|cx| self.poll_response(cx)).await;
        self.finish_request(received, written)
    }

    fn poll_response(&mut self, cx: &mut Context<'_>) -> Poll<Result<u16, Error>> {
        match &mut self.open {
            Some(stream) => self.received.poll(stream, cx),
            None => Poll::Ready(Err(messages::lambda::not_connected())),
        }
    }

    /// Returns the outcome of a request. A server that rejects a request may respond and close before it has
    /// read all of it, so a response counts even if writing failed.
    fn finish_request(
        &mut self,
        received: Result<u16, Error>,
        written: io::Result<()>,
    ) -> Result<u16, Error> {
        let stays = received.is_ok() && written.is_ok();
        if !stays || self.received.head().is_none_or(|(head, _)| head.close) {
            self.open = None;
        }
        match (received, written) {
            (Ok(status), _) => Ok(status),
            (Err(_), Err(error)) => Err(error.into()),
            (Err(error), Ok(())) => Err(error),
        }
    }

    /// Closes the connection.
    pub(super) fn close(&mut self) {
        self.open = None;
    }
}

/// Connects to a host and a port, and blocks: the runtime API is on this machine, where a connection succeeds
/// or fails at once. This saves one turn of the reactor before the first event.
fn connect(address: &str) -> io::Result<TcpStream> {
    let stream = std::net::TcpStream::connect(address)?;
    // Without it, the kernel delays a small response by tens of milliseconds.
    stream.set_nodelay(true)?;
    stream.set_nonblocking(true)?;
    TcpStream::from_std(stream)
}

/// How much was written.
enum WriteProgress {
    Complete,
    /// This many bytes.
    Partial(usize),
}

/// Writes two pieces as far as the kernel takes them: nearly always it takes both.
fn try_write(stream: &TcpStream, first: &[u8], second: &[u8]) -> WriteProgress {
    let done = if second.is_empty() {
        stream.try_write(first)
    } else {
        stream.try_write_vectored(&[IoSlice::new(first), IoSlice::new(second)])
    };
    match done {
        Ok(done) if done == first.len() + second.len() => WriteProgress::Complete,
        Ok(done) => WriteProgress::Partial(done),
        // The error occurs again when the rest is written.
        Err(_) => WriteProgress::Partial(0),
    }
}

/// Writes the rest of two pieces, of which `done` bytes are written.
pub(super) async fn write_rest(
    stream: &mut TcpStream,
    first: &[u8],
    second: &[u8],
    mut done: usize,
) -> io::Result<()> {
    let all = first.len() + second.len();
    while done < all {
        let (first, second) = (
            first.get(done..).unwrap_or_default(),
            &second[done.saturating_sub(first.len()).min(second.len())..],
        );
        let pieces = [IoSlice::new(first), IoSlice::new(second)];
        done += match poll_fn(|cx| Pin::new(&mut *stream).poll_write_vectored(cx, &pieces)).await? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            written => written,
        };
    }
    Ok(())
}
