//! What comes back over a connection: one buffer that is used again for every response. Takes a stream,
//! gives a whole response, whose body lies in one piece in the buffer and is read from there.

use std::future::poll_fn;
use std::ops::Range;
use std::pin::Pin;

use tokio::io::{AsyncRead, ReadBuf};
use tokio::net::TcpStream;

use super::head::{Framing, Head, broken};
use crate::Error;

/// Room for the head and a small event, so that both come with one read.
const ROOM: usize = 8 * 1024;

/// A buffer that grew beyond this for one event does not stay so large for all that follow.
const KEPT: usize = 256 * 1024;

/// A head that is longer is none of the runtime API's.
const LONGEST_HEAD: usize = 1024 * 1024;

/// A response, in the buffer that gave it.
pub(super) struct Response {
    pub(super) head: Head,
    pub(super) body: Range<usize>,
}

/// The buffer.
pub(super) struct Receiver {
    /// Initialised over its whole length.
    buffer: Vec<u8>,
    filled: usize,
}

impl Receiver {
    pub(super) fn new() -> Self {
        Self { buffer: Vec::new(), filled: 0 }
    }

    /// The bytes of the last response.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.buffer[..self.filled]
    }

    /// The next response, whole.
    pub(super) async fn receive(&mut self, stream: &mut TcpStream) -> Result<Response, Error> {
        if self.buffer.len() > KEPT {
            self.buffer = Vec::new();
        }
        self.filled = 0;
        loop {
            let head = self.head(stream).await?;
            if head.status < 200 {
                self.forget(head.len);
                continue;
            }
            let body = match head.framing {
                Framing::Length(length) => self.sized(stream, head.len, length).await?,
                Framing::Chunked => self.chunks(stream, head.len).await?,
                Framing::Close => self.rest(stream, head.len).await?,
            };
            return Ok(Response { head, body });
        }
    }

    async fn head(&mut self, stream: &mut TcpStream) -> Result<Head, Error> {
        loop {
            if self.filled > 0
                && let Some(head) = Head::parse(self.bytes())?
            {
                return Ok(head);
            }
            if self.filled > LONGEST_HEAD {
                return Err(broken("a head of more than a mebibyte"));
            }
            self.more(stream).await?;
        }
    }

    /// Drops what stands in front, such as `100 Continue`.
    fn forget(&mut self, front: usize) {
        self.buffer.copy_within(front..self.filled, 0);
        self.filled -= front;
    }

    async fn sized(
        &mut self,
        stream: &mut TcpStream,
        start: usize,
        length: usize,
    ) -> Result<Range<usize>, Error> {
        let end = start.checked_add(length).ok_or_else(|| broken("a length"))?;
        if end > self.buffer.len() {
            self.buffer.resize(end, 0);
        }
        while self.filled < end {
            self.more(stream).await?;
        }
        Ok(start..end)
    }

    async fn rest(&mut self, stream: &mut TcpStream, start: usize) -> Result<Range<usize>, Error> {
        while self.read(stream).await? > 0 {}
        Ok(start..self.filled)
    }

    /// A chunked body, its chunks moved together.
    async fn chunks(
        &mut self,
        stream: &mut TcpStream,
        start: usize,
    ) -> Result<Range<usize>, Error> {
        let (mut end, mut at) = (start, start);
        loop {
            let (prefix, length) = self.chunk_size(stream, at).await?;
            at += prefix;
            if length == 0 {
                self.trailers(stream, at).await?;
                return Ok(start..end);
            }
            // A chunk is followed by a line break.
            let after = at.checked_add(length).and_then(|it| it.checked_add(2));
            let after = after.ok_or_else(|| broken("a chunk's length"))?;
            while self.filled < after {
                self.more(stream).await?;
            }
            self.buffer.copy_within(at..at + length, end);
            end += length;
            at = after;
        }
    }

    async fn chunk_size(
        &mut self,
        stream: &mut TcpStream,
        at: usize,
    ) -> Result<(usize, usize), Error> {
        loop {
            let parsed = httparse::parse_chunk_size(&self.buffer[at..self.filled]);
            match parsed.map_err(|_| broken("a chunk's length"))? {
                httparse::Status::Complete((prefix, length)) => {
                    let length = usize::try_from(length).map_err(|_| broken("a chunk's length"))?;
                    return Ok((prefix, length));
                }
                httparse::Status::Partial => self.more(stream).await?,
            }
        }
    }

    /// The lines after the last chunk, up to one that is empty.
    async fn trailers(&mut self, stream: &mut TcpStream, mut at: usize) -> Result<(), Error> {
        loop {
            let rest = &self.buffer[at..self.filled];
            match rest.iter().position(|byte| *byte == b'\n') {
                Some(end) if rest[..end].trim_ascii().is_empty() => return Ok(()),
                Some(end) => at += end + 1,
                None => self.more(stream).await?,
            }
        }
    }

    /// Reads more, of which there has to be some.
    async fn more(&mut self, stream: &mut TcpStream) -> Result<(), Error> {
        if self.read(stream).await? == 0 {
            return Err(Error::new("RuntimeApi", "the runtime API closed the connection"));
        }
        Ok(())
    }

    async fn read(&mut self, stream: &mut TcpStream) -> Result<usize, Error> {
        if self.filled == self.buffer.len() {
            let doubled = (self.buffer.len() * 2).max(ROOM);
            self.buffer.resize(doubled, 0);
        }
        let mut room = ReadBuf::new(&mut self.buffer[self.filled..]);
        poll_fn(|cx| Pin::new(&mut *stream).poll_read(cx, &mut room)).await?;
        let read = room.filled().len();
        self.filled += read;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;
    use crate::testing::block_on;

    /// What is received where a server writes these pieces, each by itself, and closes.
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
            let mut receiver = Receiver::new();
            let response = receiver.receive(&mut stream).await?;
            Ok((response.head.status, receiver.bytes()[response.body].to_vec()))
        });
        server.join().unwrap();
        result
    }

    #[test]
    fn a_body_comes_whole_however_it_is_cut() {
        let whole = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";
        for cut in 1..whole.len() {
            let (first, second) = whole.split_at(cut);
            assert_eq!(received(&[first, second]).unwrap(), (200, b"hello".to_vec()), "{cut}");
        }
    }

    #[test]
    fn chunks_are_moved_together_however_they_are_cut() {
        let whole = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\
                      3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\ntrailer: x\r\n\r\n";
        for cut in (1..whole.len()).step_by(3) {
            let (first, second) = whole.split_at(cut);
            assert_eq!(received(&[first, second]).unwrap(), (200, b"hello".to_vec()), "{cut}");
        }
    }

    #[test]
    fn a_large_body_is_received_and_one_that_ends_with_its_connection() {
        let large = vec![b'x'; 3 << 20];
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", large.len());
        assert_eq!(received(&[head.as_bytes(), &large]).unwrap(), (200, large));
        let body = received(&[b"HTTP/1.0 500 No\r\n\r\nup to ", b"the end"]).unwrap();
        assert_eq!(body, (500, b"up to the end".to_vec()));
    }

    #[test]
    fn a_continue_in_front_is_passed_over() {
        let pieces: [&[u8]; 2] =
            [b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202 OK\r\n", b"content-length: 0\r\n\r\n"];
        assert_eq!(received(&pieces).unwrap(), (202, Vec::new()));
    }

    #[test]
    fn what_is_cut_off_is_an_error() {
        for cut in [
            "",
            "HTTP/1.1 200",
            "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhell",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhel\r\n0\r\n",
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n",
        ] {
            assert_eq!(received(&[cut.as_bytes()]).unwrap_err().name(), "RuntimeApi", "{cut:?}");
        }
    }
}
