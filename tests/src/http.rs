//! An HTTP client for servers on this machine. Takes a request, gives the whole answer. It speaks
//! HTTP/1.0, so that an answer ends with its connection and needs no further parsing.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// Longer than any answer of a test should take.
const TIMEOUT: Duration = Duration::from_mins(1);

/// An answer.
#[derive(Debug)]
pub struct Response {
    /// The status, as in 200.
    pub status: u16,
    /// Everything before the body.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Response {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("no JSON ({error}) in {:?}", self.text()))
    }
}

/// `GET` from a port of this machine.
pub fn get(port: u16, path: &str) -> Response {
    send(port, "GET", path, b"")
}

/// `POST` of a JSON body to a port of this machine.
pub fn post(port: u16, path: &str, body: &[u8]) -> Response {
    send(port, "POST", path, body)
}

/// `POST` of a JSON body with one more header.
pub fn post_with(port: u16, path: &str, (name, value): (&str, &str), body: &[u8]) -> Response {
    request(port, "POST", path, &format!("{name}: {value}\r\n"), body)
}

/// Any request with a JSON body.
pub fn send(port: u16, method: &str, path: &str, body: &[u8]) -> Response {
    request(port, method, path, "", body)
}

fn request(port: u16, method: &str, path: &str, more: &str, body: &[u8]) -> Response {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the server listens");
    stream.set_read_timeout(Some(TIMEOUT)).unwrap();
    let head = format!(
        "{method} {path} HTTP/1.0\r\nHost: localhost:{port}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n{more}\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(body).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer in time");
    parse(&answer)
}

fn parse(answer: &[u8]) -> Response {
    let end = answer
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap_or_else(|| panic!("no HTTP answer: {:?}", String::from_utf8_lossy(answer)));
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    Response {
        status: status.unwrap_or_else(|| panic!("no status in {head:?}")),
        head,
        body: answer[end + 4..].to_vec(),
    }
}

/// A port that nothing listens on.
pub fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}
