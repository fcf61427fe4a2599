//! The responses of a connection: one buffer, which is reused for every response. It reads from a stream until
//! a response is complete. The body of the response is one contiguous part of the buffer.

use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use memchr::memchr;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::net::TcpStream;

use super::head::{Framing, ResponseHead};
use crate::messages::lambda::HttpFault;
use crate::{Error, messages};

/// The first size of the buffer: enough for the head of a response and a small event, so that one read gets
/// both.
const INITIAL_BYTES: usize = 8 * 1024;

/// The largest buffer that is reused for the next response. A larger buffer is freed.
const MAX_RETAINED_BYTES: usize = 256 * 1024;

/// The largest head of a response. The runtime API sends no longer head.
const MAX_HEAD_BYTES: usize = 1024 * 1024;

/// The largest body of a response. Lambda's events have at most 6 MiB, so the runtime API sends no longer body.
const MAX_BODY_BYTES: usize = 32 * 1024 * 1024;

/// The largest response with everything around its body: a chunk of one byte may have a line of 4 KiB before it.
const MAX_RESPONSE_BYTES: usize = 2 * MAX_BODY_BYTES;

/// The longest line with the size of a chunk.
const MAX_CHUNK_LINE_BYTES: usize = 4 * 1024;

/// The buffer of a connection, and the response in it.
pub(super) struct ResponseBuffer {
    /// The bytes; all of the vector's length is initialized.
    buffer: Vec<u8>,
    /// How many bytes of `buffer` were received.
    filled: usize,
    head: Option<ResponseHead>,
    /// The position of the body in `buffer`.
    body: Range<usize>,
    /// The position in `buffer` up to which the chunks of a chunked body were read.
    at: usize,
    /// Whether the runtime does not take the response: it is malformed, too long or never complete. A response that
    /// was cut off is not rejected, because the runtime API knows that it was.
    is_rejected: bool,
}

impl ResponseBuffer {
    pub(super) const fn new() -> Self {
        Self { buffer: Vec::new(), filled: 0, head: None, body: 0..0, at: 0, is_rejected: false }
    }

    /// Returns the head of the last response, and the bytes from which it was parsed; `None` if the head is not
    /// complete.
    pub(super) fn head(&self) -> Option<(&ResponseHead, &[u8])> {
        self.head.as_ref().map(|head| (head, &self.buffer[..]))
    }

    /// Returns the body of the last response.
    pub(super) fn body(&self) -> &[u8] {
        &self.buffer[self.body.clone()]
    }

    /// Returns whether any bytes of the response were received.
    pub(super) fn has_begun(&self) -> bool {
        self.filled > 0
    }

    /// Rejects the response.
    pub(super) fn reject(&mut self) {
        self.is_rejected = true;
        self.body = 0..0;
    }

    /// Returns all bytes that were received of a response that was rejected; otherwise `None`.
    pub(super) fn rejected(&self) -> Option<&[u8]> {
        self.is_rejected.then(|| &self.buffer[..self.filled])
    }

    /// Prepares the buffer for the next response.
    pub(super) fn clear(&mut self) {
        if self.buffer.len() > MAX_RETAINED_BYTES {
            self.buffer = Vec::new();
        }
        (self.filled, self.head, self.is_rejected) = (0, None, false);
    }

    /// Reads from the stream until the response is complete, and then returns its status.
    pub(super) fn poll(
        &mut self,
        stream: &mut TcpStream,
        cx: &mut Context<'_>,
    ) -> Poll<Result<u16, Error>> {
        loop {
            let read = ready!(self.poll_read(stream, cx))?;
            match self.advance(read == 0) {
                Ok(None) => {}
                Ok(Some(status)) => return Poll::Ready(Ok(status)),
                Err(error) => {
                    // The end of the stream is not a mistake in the bytes before it.
                    if read > 0 {
                        self.reject();
                    }
                    return Poll::Ready(Err(error));
                }
            }
        }
    }

    /// Reads from the stream into the buffer, and returns how many bytes were read: 0 at the end of the stream.
    fn poll_read(
        &mut self,
        stream: &mut TcpStream,
        cx: &mut Context<'_>,
    ) -> Poll<Result<usize, Error>> {
        if self.filled == self.buffer.len() {
            if self.filled >= MAX_RESPONSE_BYTES {
                self.reject();
                return Poll::Ready(Err(messages::lambda::invalid_response(HttpFault::LongBody)));
            }
            let doubled = (self.buffer.len() * 2).max(INITIAL_BYTES);
            self.buffer.resize(doubled, 0);
        }
        let mut room = ReadBuf::new(&mut self.buffer[self.filled..]);
        ready!(Pin::new(stream).poll_read(cx, &mut room))?;
        let read = room.filled().len();
        self.filled += read;
        Poll::Ready(Ok(read))
    }

    /// Parses the bytes that were received. Returns the status if the response is complete, and `None` if more
    /// bytes have to come. `ended` says whether the stream has ended, which is an error if the response is not
    /// complete.
    fn advance(&mut self, ended: bool) -> Result<Option<u16>, Error> {
        if self.head.is_none() {
            self.read_head()?;
        }
        let whole = match self.head {
            None => None,
            Some(ResponseHead { status, len, framing, .. }) => {
                let whole = match framing {
                    Framing::Length(length) => self.read_sized_body(len, length)?,
                    Framing::Chunked => self.read_chunks()?,
                    Framing::Close => {
                        self.body = len..len + check_body_length(self.filled - len)?;
                        ended
                    }
                };
                whole.then_some(status)
            }
        };
        if whole.is_none() && ended {
            return Err(messages::lambda::connection_closed());
        }
        Ok(whole)
    }

    /// Parses the head of the response if it is complete, and skips interim responses such as `100 Continue`.
    fn read_head(&mut self) -> Result<(), Error> {
        while let Some(head) = ResponseHead::parse(&self.buffer[..self.filled])? {
            if head.status >= 200 {
                (self.at, self.body) = (head.len, head.len..head.len);
                self.head = Some(head);
                return Ok(());
            }
            self.buffer.copy_within(head.len..self.filled, 0);
            self.filled -= head.len;
        }
        if self.filled > MAX_HEAD_BYTES {
            return Err(messages::lambda::invalid_response(HttpFault::LongHead));
        }
        Ok(())
    }

    /// Makes room for a body of `length` bytes that begins at `start`, and returns whether all of it was
    /// received.
    fn read_sized_body(&mut self, start: usize, length: usize) -> Result<bool, Error> {
        let end = start + check_body_length(length)?;
        self.body = start..end;
        if end > self.buffer.len() {
            self.buffer.resize(end, 0);
        }
        Ok(self.filled >= end)
    }

    /// Moves the chunks that were received together, so that the body is contiguous, and returns whether the
    /// last chunk was received.
    fn read_chunks(&mut self) -> Result<bool, Error> {
        loop {
            let rest = &self.buffer[self.at..self.filled];
            let Some(line) = memchr(b'\n', rest) else {
                if rest.len() > MAX_CHUNK_LINE_BYTES {
                    return Err(messages::lambda::invalid_response(HttpFault::ChunkLength));
                }
                return Ok(false);
            };
            let length = parse_chunk_size(&rest[..line])
                .ok_or_else(|| messages::lambda::invalid_response(HttpFault::ChunkLength))?;
            let start = self.at + line + 1;
            if length == 0 {
                return self.trailers_end(start);
            }
            check_body_length((self.body.len()).saturating_add(length))?;
            let end = start + length;
            // A chunk is followed by a line break.
            match self.buffer[..self.filled].get(end..end + 2) {
                None => return Ok(false),
                Some(b"\r\n") => {}
                Some(_) => return Err(messages::lambda::invalid_response(HttpFault::ChunkEnd)),
            }
            self.buffer.copy_within(start..end, self.body.end);
            self.body.end += length;
            self.at = end + 2;
        }
    }

    /// Returns whether the trailers were received completely: the lines after the last chunk, up to an empty
    /// line. The trailers begin at position `at`.
    fn trailers_end(&self, mut at: usize) -> Result<bool, Error> {
        let start = at;
        loop {
            let rest = &self.buffer[at..self.filled];
            match memchr(b'\n', rest) {
                Some(end) if rest[..end].trim_ascii().is_empty() => return Ok(true),
                Some(end) => at += end + 1,
                None if self.filled - start > MAX_HEAD_BYTES => {
                    return Err(messages::lambda::invalid_response(HttpFault::Trailers));
                }
                None => return Ok(false),
            }
        }
    }
}

/// Checks that a body of this length is not too large, and returns the length.
fn check_body_length(length: usize) -> Result<usize, Error> {
    if length > MAX_BODY_BYTES {
        return Err(messages::lambda::invalid_response(HttpFault::LongBody));
    }
    Ok(length)
}

/// Parses the line before a chunk, which has the size in hexadecimal and perhaps extensions; `None` if it has
/// no valid size.
fn parse_chunk_size(line: &[u8]) -> Option<usize> {
    let digits = line.split(|byte| *byte == b';').next()?.trim_ascii();
    usize::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::testing::block_on;

    /// Returns what is received when a server writes these pieces one by one, and closes.
    fn received(pieces: &[&[u8]]) -> Result<(u16, Vec<u8>), Error> {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let pieces: Vec<Vec<u8>> = pieces.iter().map(|piece| piece.to_vec()).collect();
        let server = std::thread::spawn(move || {
            let mut stream = listener.accept().unwrap().0;
            stream.set_nodelay(true).unwrap();
            for piece in pieces {
                stream.write_all(&piece).unwrap();
                std::thread::sleep(std::time::Duration::from_millis(2));
            }
        });
        let result = block_on(async {
            let mut stream = TcpStream::connect(address).await.unwrap();
            let mut receiver = ResponseBuffer::new();
            let status = std::future::poll_fn(|cx| receiver.poll(&mut stream, cx)).await?;
            Ok((status, receiver.body().to_vec()))
        });
        server.join().unwrap();
        result
    }

    #[test]
    fn a_body_is_received_however_its_bytes_are_split() {
        let whole = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";
        for cut in 1..whole.len() {
            let (first, second) = whole.split_at(cut);
            assert_eq!(received(&[first, second]).unwrap(), (200, b"hello".to_vec()), "{cut}");
        }
    }

    #[test]
    fn chunks_are_joined_however_their_bytes_are_split() {
        let whole = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\
                      3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\ntrailer: x\r\n\r\n";
        for cut in (1..whole.len()).step_by(3) {
            let (first, second) = whole.split_at(cut);
            assert_eq!(received(&[first, second]).unwrap(), (200, b"hello".to_vec()), "{cut}");
        }
    }

    #[test]
    fn a_large_body_and_one_that_ends_with_the_connection_are_received() {
        let large = vec![b'x'; 3 << 20];
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", large.len());
        assert_eq!(received(&[head.as_bytes(), &large]).unwrap(), (200, large));
        let body = received(&[b"HTTP/1.0 500 No\r\n\r\nup to ", b"the end"]).unwrap();
        assert_eq!(body, (500, b"up to the end".to_vec()));
    }

    #[test]
    fn an_interim_response_is_skipped() {
        let pieces: [&[u8]; 2] =
            [b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202 OK\r\n", b"content-length: 0\r\n\r\n"];
        assert_eq!(received(&pieces).unwrap(), (202, Vec::new()));
    }

    #[test]
    fn a_truncated_or_malformed_response_is_an_error() {
        for cut in [
            "",
            "HTTP/1.1 200",
            "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhell",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\n0\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n",
            "HTTP/1.1 200 OK\r\ncontent-length: 18000000000000000000\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}XX0\r\n\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffff\r\n{}\r\n",
            "HTTP/1.1 200 OK\r\nx: y\r\n z\r\ncontent-length: 0\r\n\r\n",
        ] {
            assert_eq!(received(&[cut.as_bytes()]).unwrap_err().name(), "RuntimeApi", "{cut:?}");
        }
    }

    /// Returns how many bytes are received of a response that repeats this piece and never ends, until it is
    /// rejected.
    fn received_of_endless(head: &[u8], piece: &[u8]) -> usize {
        let mut receiver = ResponseBuffer::new();
        receiver.buffer = head.to_vec();
        receiver.filled = head.len();
        while receiver.advance(false).is_ok() && receiver.filled < MAX_RESPONSE_BYTES {
            receiver.buffer.extend_from_slice(piece);
            receiver.filled += piece.len();
        }
        receiver.filled
    }

    #[test]
    fn a_response_that_never_ends_has_a_limit() {
        let piece = vec![b'x'; 1 << 20];
        let until_closed = received_of_endless(b"HTTP/1.1 200 OK\r\n\r\n", &piece);
        assert!(until_closed < MAX_BODY_BYTES + 2 * piece.len(), "{until_closed}");
        let head = received_of_endless(b"HTTP/1.1 200 OK\r\nx: ", &piece);
        assert!(head < MAX_HEAD_BYTES + 2 * piece.len(), "{head}");
    }

    #[test]
    fn a_cut_off_response_is_not_rejected_and_a_malformed_one_is() {
        let rejected = |bytes: &[u8]| {
            let mut receiver = ResponseBuffer::new();
            (receiver.buffer, receiver.filled) = (bytes.to_vec(), bytes.len());
            let ended = receiver.advance(false).is_ok();
            assert!(receiver.advance(true).is_err());
            !ended
        };
        assert!(!rejected(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhell"));
        assert!(rejected(b"HTTP/1.1 200 OK\r\ncontent-length: 5, 5\r\n\r\nhello"));
    }
}
