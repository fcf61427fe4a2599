//! A bucket on the loopback interface, as far as `put` and `get` of one object need it: it takes
//! every object, and every object is 10 kB.

use std::io;
use std::net::TcpListener;
use std::thread;

use crate::bench::loopback::Connection;

/// How large every object is.
const SIZE: usize = 10_000;
const HEADERS: &str = "etag: \"e\"\r\nlast-modified: Wed, 12 Oct 2022 17:50:00 GMT\r\n\
                       content-type: binary/octet-stream\r\n";

/// Starts it, for as long as this process lives, and gives its address.
pub(super) fn start() -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://{}", listener.local_addr()?);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // A connection that fails is the client's to report.
            thread::spawn(move || Connection::new(stream).and_then(serve));
        }
    });
    Ok(address)
}

fn serve(mut connection: Connection) -> io::Result<()> {
    while let Some(request) = connection.read()? {
        match request.method.as_str() {
            "PUT" if request.body.len() == SIZE => connection.answer("200 OK", HEADERS, &[])?,
            "GET" => connection.answer("200 OK", HEADERS, &[b'x'; SIZE])?,
            _ => connection.answer("400 Bad Request", "", &[])?,
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{Shutdown, TcpStream};

    use super::{SIZE, start};

    fn ask(request: &str) -> String {
        let address = start().unwrap();
        let mut stream = TcpStream::connect(address.trim_start_matches("http://")).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    #[test]
    fn an_object_comes_whole() {
        let answer = ask("GET /bench/key HTTP/1.1\r\n\r\n");
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200 OK\r\n") && body.len() == SIZE, "{head}");
    }

    #[test]
    fn an_object_of_another_size_is_refused() {
        let answer = ask("PUT /bench/key HTTP/1.1\r\ncontent-length: 2\r\n\r\nhi");
        assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
    }
}
