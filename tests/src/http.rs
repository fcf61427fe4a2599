//! An HTTP client for servers on this machine. Takes a request and gives the whole response. It uses HTTP/1.0, so
//! that each response ends with its connection and needs no further parsing.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// The time after which a request fails: longer than any response of a server should take.
const TIMEOUT: Duration = Duration::from_mins(1);

/// A response of an HTTP server.
#[derive(Debug)]
pub struct Response {
    /// The status code of the response, such as 200.
    pub status: u16,
    /// The status line and the headers of the response, as text.
    pub head: String,
    /// The body of the response.
    pub body: Vec<u8>,
}

impl Response {
    /// Returns the body of the response as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Parses the body of the response as JSON. Panics if it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("not JSON ({error}): {:?}", self.text()))
    }
}

/// Sends a `GET` request to a port of this machine and returns the response.
pub fn get(port: u16, path: &str) -> Response {
    send_json(port, "GET", path, b"")
}

/// Sends a `POST` request with a JSON body to a port of this machine and returns the response.
pub fn post(port: u16, path: &str, body: &[u8]) -> Response {
    send_json(port, "POST", path, body)
}

/// Sends a `POST` request with a JSON body and one more header to a port of this machine, and returns the response.
pub fn post_with_header(
    port: u16,
    path: &str,
    (name, value): (&str, &str),
    body: &[u8],
) -> Response {
    exchange(port, "POST", path, &format!("{name}: {value}\r\n"), body)
}

/// Sends a request of any method with a JSON body to a port of this machine, and returns the response.
pub fn send_json(port: u16, method: &str, path: &str, body: &[u8]) -> Response {
    exchange(port, method, path, "", body)
}

fn exchange(port: u16, method: &str, path: &str, headers: &str, body: &[u8]) -> Response {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the server listens");
    stream.set_read_timeout(Some(TIMEOUT)).unwrap();
    let head = format!(
        "{method} {path} HTTP/1.0\r\nHost: localhost:{port}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n{headers}\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body).unwrap();
    let mut response = Vec::new();
    stream.read_to_end(&mut response).expect("a response in time");
    parse_response(&response)
}

fn parse_response(bytes: &[u8]) -> Response {
    let end = bytes
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap_or_else(|| panic!("not an HTTP response: {:?}", String::from_utf8_lossy(bytes)));
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    Response {
        status: status.unwrap_or_else(|| panic!("no status in {head:?}")),
        head,
        body: bytes[end + 4..].to_vec(),
    }
}

/// Returns a port of this machine on which no server listens.
pub fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}
