//! One connection to the runtime API, kept open between events: takes a request, returns the status of the
//! response, and keeps the rest of the response. It opens the connection when a request needs one. The callers
//! decide whether to retry a request.

use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::AsyncWrite;
use tokio::net::TcpStream;

use super::response_buffer::ResponseBuffer;
use crate::{Error, messages};

/// A connection to the runtime API, which may be open or closed.
pub(super) struct Connection {
    address: String,
    open: Option<TcpStream>,
    pub(super) received: ResponseBuffer,
}

impl Connection {
    pub(super) fn new(address: String) -> Self {
        Self { address, open: None, received: ResponseBuffer::new() }
    }

    /// Returns the host and the port of the runtime API.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Sends one request and returns the status of its response. After an error, the next request opens a new
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

    /// Returns the open stream of the connection, and opens one if the connection is closed.
    pub(super) fn open_stream(&mut self) -> Result<&mut TcpStream, Error> {
        match &mut self.open {
            Some(stream) => Ok(stream),
            open => Ok(open.insert(connect(&self.address)?)),
        }
    }

    /// Receives the response to a request and returns its status; `written` is the outcome of writing the
    /// request.
    pub(super) async fn receive_response(&mut self, written: io::Result<()>) -> Result<u16, Error> {
        self.received.clear();
        let received = poll_fn(|cx| self.poll_response(cx)).await;
        self.finish_request(received, written)
    }

    /// Polls the stream for the response to the last request.
    fn poll_response(&mut self, cx: &mut Context<'_>) -> Poll<Result<u16, Error>> {
        match &mut self.open {
            Some(stream) => self.received.poll(stream, cx),
            None => Poll::Ready(Err(messages::lambda::not_connected())),
        }
    }

    /// Returns the status of the response, or the error of the request, and closes the connection if it cannot
    /// be used again. A server that refuses a request may respond and close the connection before it has read
    /// the whole request, so a response counts even if writing failed.
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

    /// Closes the connection. The next request opens a new one.
    pub(super) fn close(&mut self) {
        self.open = None;
    }
}

/// Connects to a host and a port. This blocks the thread: the runtime API is on this machine, where a
/// connection succeeds or fails at once. Blocking saves one turn of the reactor before the first event.
fn connect(address: &str) -> io::Result<TcpStream> {
    let stream = std::net::TcpStream::connect(address)?;
    // Without it, the kernel delays a small response by tens of milliseconds.
    stream.set_nodelay(true)?;
    stream.set_nonblocking(true)?;
    TcpStream::from_std(stream)
}

/// How many bytes of a request were written.
enum WriteProgress {
    /// All bytes were written.
    Complete,
    /// Only this many bytes were written.
    Partial(usize),
}

/// Writes two pieces of a request, as many bytes as the kernel takes at once: nearly always all.
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

/// Writes the rest of two pieces of a request, of which `done` bytes are written already.
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
