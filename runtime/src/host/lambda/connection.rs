//! One connection to the runtime API, kept open between events: takes a request, returns the status of the
//! response, and keeps the rest of the response. It opens the connection when a request needs one. The callers
//! decide whether to retry a request.

use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::AsyncWrite;
use tokio::net::TcpStream;

use super::request_watch::RequestWatch;
use super::response_buffer::ResponseBuffer;
use crate::{Error, messages};

/// A connection to the runtime API, which may be open or closed.
pub(super) struct Connection {
    address: String,
    open: Option<TcpStream>,
    pub(super) received: ResponseBuffer,
    watch: RequestWatch,
}

impl Connection {
    pub(super) fn new(address: String) -> Self {
        Self { address, open: None, received: ResponseBuffer::new(), watch: RequestWatch::new() }
    }

    /// Returns the host and the port of the runtime API.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Sends one request and returns the status of its response, which may take as long as it wants to begin. After an
    /// error, the next request opens a new connection.
    pub(super) async fn send(&mut self, head: &[u8], body: &[u8]) -> Result<u16, Error> {
        self.exchange(head, body, Response::AtAnyTime).await
    }

    /// Sends one request like [`send`](Self::send), and gives up if its response does not come soon.
    pub(super) async fn send_for_answer(&mut self, head: &[u8], body: &[u8]) -> Result<u16, Error> {
        self.exchange(head, body, Response::Soon).await
    }

    /// Sends one request and returns the status of its response.
    async fn exchange(
        &mut self,
        head: &[u8],
        body: &[u8],
        response: Response,
    ) -> Result<u16, Error> {
        let stream = match &mut self.open {
            Some(stream) => stream,
            None => self.open_stream()?,
        };
        let done = try_write(stream, head, body);
        self.received.clear();
        if done < head.len() + body.len() || self.watch.is_active() {
            let request = UnsentRequest { pieces: [head, body], done, error: None };
            return Box::pin(self.finish_exchange(request, response)).await;
        }
        // Nearly always: all bytes are written by now, and Lambda ends a process that waits too long.
        let received = poll_fn(|cx| self.poll_response(cx)).await;
        self.finish_request(received, Ok(()))
    }

    /// Writes the rest of a request while its response may come already, and returns the status of the response.
    async fn finish_exchange(
        &mut self,
        mut request: UnsentRequest<'_>,
        response: Response,
    ) -> Result<u16, Error> {
        let mut is_watched = matches!(response, Response::Soon);
        if is_watched {
            self.watch.begin();
        }
        let received = poll_fn(|cx| {
            request.poll_write(self.open.as_mut(), cx);
            let received = self.poll_response(cx);
            if received.is_ready() {
                return received;
            }
            if !is_watched && self.received.has_begun() {
                is_watched = true;
                self.watch.begin();
            }
            if is_watched && self.watch.is_given_up(cx.waker()) {
                self.received.reject();
                return Poll::Ready(Err(messages::lambda::not_acknowledged()));
            }
            Poll::Pending
        })
        .await;
        if is_watched {
            self.watch.end();
        }
        let written = match received {
            // The rest of the request is of no use, and the reason is the error of the response.
            Err(_) if request.error.is_none() => Ok(()),
            _ => request.into_result(),
        };
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

/// When the response to a request has to come.
#[derive(Clone, Copy)]
enum Response {
    /// It may take as long as it wants to begin, and has to be complete soon afterwards.
    AtAnyTime,
    /// It has to come soon.
    Soon,
}

/// Writes two pieces of a request, as many bytes as the kernel takes at once, and returns how many these are.
fn try_write(stream: &TcpStream, first: &[u8], second: &[u8]) -> usize {
    let written = if second.is_empty() {
        stream.try_write(first)
    } else {
        stream.try_write_vectored(&[IoSlice::new(first), IoSlice::new(second)])
    };
    // An error occurs again when the rest is written.
    written.unwrap_or(0)
}

/// A request that is not written completely yet, in two pieces.
struct UnsentRequest<'a> {
    pieces: [&'a [u8]; 2],
    /// How many bytes of the two pieces were written.
    done: usize,
    /// The error that ended the writing.
    error: Option<io::Error>,
}

impl UnsentRequest<'_> {
    /// Returns whether all bytes are written, or no more can be written.
    fn is_written(&self) -> bool {
        self.done == self.pieces[0].len() + self.pieces[1].len() || self.error.is_some()
    }

    /// Writes as many of the bytes that are left as the kernel takes.
    fn poll_write(&mut self, stream: Option<&mut TcpStream>, cx: &mut Context<'_>) {
        let Some(stream) = stream else { return };
        let [first, second] = self.pieces;
        while !self.is_written() {
            let rest = rest_of(first, second, self.done);
            match Pin::new(&mut *stream).poll_write_vectored(cx, &rest) {
                Poll::Ready(Ok(0)) => self.error = Some(io::ErrorKind::WriteZero.into()),
                Poll::Ready(Ok(written)) => self.done += written,
                Poll::Ready(Err(error)) => self.error = Some(error),
                Poll::Pending => return,
            }
        }
    }

    /// Returns an error if a part of the request was not written. A server that refuses a request may respond before
    /// it has read the whole request, and never read the rest.
    fn into_result(self) -> io::Result<()> {
        match self.error {
            Some(error) => Err(error),
            None if self.is_written() => Ok(()),
            None => Err(io::ErrorKind::Interrupted.into()),
        }
    }
}

/// Returns the rest of two pieces, without the first `done` bytes, which are written.
fn rest_of<'a>(first: &'a [u8], second: &'a [u8], done: usize) -> [IoSlice<'a>; 2] {
    let second = &second[done.saturating_sub(first.len()).min(second.len())..];
    [IoSlice::new(first.get(done..).unwrap_or_default()), IoSlice::new(second)]
}

/// Writes the rest of two pieces of a request, of which `done` bytes are written already.
pub(super) async fn write_rest(
    stream: &mut TcpStream,
    first: &[u8],
    second: &[u8],
    mut done: usize,
) -> io::Result<()> {
    while done < first.len() + second.len() {
        let pieces = rest_of(first, second, done);
        done += match poll_fn(|cx| Pin::new(&mut *stream).poll_write_vectored(cx, &pieces)).await? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            written => written,
        };
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{TcpListener, TcpStream};
    use std::time::Duration;

    use super::*;
    use crate::testing::block_on;

    /// Sends a request with a body of this size to a server that does this with the connection, and returns the
    /// status of the response.
    fn post(body: usize, serve: fn(TcpStream)) -> Result<u16, Error> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        std::thread::spawn(move || serve(listener.accept().unwrap().0));
        let head = format!("POST / HTTP/1.1\r\ncontent-length: {body}\r\n\r\n");
        let mut connection = Connection::new(address);
        let sent = block_on(connection.send_for_answer(head.as_bytes(), &vec![b'x'; body]));
        assert!(connection.open.is_none() || sent.is_ok());
        sent
    }

    /// Keeps a connection open for longer than a request is waited for.
    fn keep(stream: TcpStream) {
        std::thread::sleep(Duration::from_secs(5));
        drop(stream);
    }

    #[test]
    fn a_request_that_is_never_answered_is_given_up() {
        for body in [1, 64 << 20] {
            let error = post(body, keep).unwrap_err();
            assert!(error.to_string().contains("did not answer"), "{error}");
        }
    }

    #[test]
    fn a_response_that_is_never_complete_is_given_up() {
        let error = post(1, |mut stream| {
            stream.write_all(b"HTTP/1.1 202 OK\r\ncontent-length: 9\r\n\r\n{").unwrap();
            keep(stream);
        });
        assert!(error.unwrap_err().to_string().contains("did not answer"));
    }

    #[test]
    fn a_refusal_counts_although_the_server_never_reads_the_request() {
        let status = post(64 << 20, |mut stream| {
            stream.read_exact(&mut [0; 10]).unwrap();
            stream.write_all(b"HTTP/1.1 413 No\r\ncontent-length: 0\r\n\r\n").unwrap();
            keep(stream);
        });
        assert_eq!(status.unwrap(), 413);
    }
}
