//! A bucket on the loopback interface, as far as `put` and `get` of one object need it. The server accepts every
//! object of 10 kB, and returns an object of that size for every key.

use std::io;
use std::net::TcpListener;
use std::thread;

use crate::bench::loopback::Connection;

/// The size of every object of the loopback bucket, in bytes.
const SIZE: usize = 10_000;
const HEADERS: &str = "etag: \"e\"\r\nlast-modified: Wed, 12 Oct 2022 17:50:00 GMT\r\n\
                       content-type: binary/octet-stream\r\n";

/// Starts the server of the loopback bucket, which runs until this process ends, and returns its address.
pub(super) fn start_server() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://{}", listener.local_addr()?);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // The client reports a failed connection.
            thread::spawn(move || Connection::new(stream).and_then(serve_connection));
        }
    });
    Ok(address)
}

fn serve_connection(mut connection: Connection) -> io::Result<()> {
    while let Some(request) = connection.read_request()? {
        match request.method.as_str() {
            "PUT" if request.body.len() == SIZE => connection.respond("200 OK", HEADERS, &[])?,
            "GET" => connection.respond("200 OK", HEADERS, &[b'x'; SIZE])?,
            _ => connection.respond("400 Bad Request", "", &[])?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{Shutdown, TcpStream};

    use super::{SIZE, start_server};

    fn send_request(request: &str) -> String {
        let address = start_server().unwrap();
        let mut stream = TcpStream::connect(address.trim_start_matches("http://")).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn get_returns_a_whole_object() {
        let answer = send_request("GET /bench/key HTTP/1.1\r\n\r\n");
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n") && body.len() == SIZE, "{head}");
    }

    #[test]
    fn put_refuses_an_object_of_another_size() {
        let answer = send_request("PUT /bench/key HTTP/1.1\r\ncontent-length: 2\r\n\r\nhi");
        assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    }
}
