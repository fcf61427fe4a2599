//! An HTTP/1.1 server connection on the loopback interface, as far as the measured clients need it. Takes a
//! TCP stream, gives its requests with their bodies, and sends responses.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;

/// An HTTP request without its headers, which no benchmark reads.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) body: Vec<u8>,
}

/// A connection of an HTTP client that stays open for several requests.
pub(super) struct Connection {
    stream: BufReader<TcpStream>,
}

impl Connection {
    pub(super) fn new(stream: TcpStream) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::with_capacity(64 * 1024, stream) })
    }

    /// Reads the next request of the client. Returns `None` if the client closed the connection.
    pub(super) fn read_request(&mut self) -> io::Result<Option<Request>> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let mut words = line.split(' ').map(str::to_owned);
        let (Some(method), Some(path)) = (words.next(), words.next()) else {
            return Err(io::Error::new(io::ErrorKind::InvalidData, line));
        };
        let (mut length, mut chunked) = (0, false);
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let Some((name, value)) = line.split_once(':') else { break };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().map_err(io::Error::other)?;
            }
            chunked |= name.eq_ignore_ascii_case("transfer-encoding");
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        if chunked {
            self.read_chunks(&mut body)?;
        }
        Ok(Some(Request { method, path, body }))
    }

    /// Reads the chunks of the body of a request into `body`, and skips the trailers after the body.
    fn read_chunks(&mut self, body: &mut Vec<u8>) -> io::Result<()> {
        let mut line = String::new();
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let size = usize::from_str_radix(line.trim(), 16).map_err(io::Error::other)?;
            let start = body.len();
            body.resize(start + size, 0);
            self.stream.read_exact(&mut body[start..])?;
            // A line break ends each chunk. After the last chunk come the trailers and an empty line.
            while self.stream.read_line(&mut line)? > 2 {}
            if size == 0 {
                return Ok(());
            }
        }
    }

    /// Sends a response to the client. `headers` are whole lines, each with its line break.
    pub(super) fn respond(&mut self, status: &str, headers: &str, body: &[u8]) -> io::Result<()> {
        let length = body.len();
        let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n");
        self.stream.get_mut().write_all(&[head.as_bytes(), body].concat())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{Shutdown, TcpListener, TcpStream};

    use super::{Connection, Request};

    #[test]
    fn requests_on_one_connection_are_read_and_answered_one_after_another() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let mut connection = Connection::new(listener.accept().unwrap().0).unwrap();
        client
            .write_all(
                b"PUT /a HTTP/1.1\r\nContent-Length: 2\r\n\r\nhiGET /b HTTP/1.1\r\n\r\n\
                  POST /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n\
                  0\r\ntrailer: x\r\n\r\n",
            )
            .unwrap();
        client.shutdown(Shutdown::Write).unwrap();

        let request = |method: &str, path: &str, body: &[u8]| {
            Some(Request { method: method.into(), path: path.into(), body: body.into() })
        };
        assert_eq!(connection.read_request().unwrap(), request("PUT", "/a", b"hi"));
        connection.respond("200 OK", "etag: \"x\"\r\n", b"").unwrap();
        assert_eq!(connection.read_request().unwrap(), request("GET", "/b", b""));
        connection.respond("404 Not Found", "", b"no").unwrap();
        assert_eq!(connection.read_request().unwrap(), request("POST", "/c", b"hello"));
        assert_eq!(connection.read_request().unwrap(), None);

        drop(connection);
        let mut answers = String::new();
        client.read_to_string(&mut answers).unwrap();
        let expected = "HTTP/1.1 200 OK\r\netag: \"x\"\r\nContent-Length: 0\r\n\r\n\
                        HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno";
        assert_eq!(answers, expected);
    }
}
