//! SQS on the loopback interface: accepts every message and keeps the requests.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::Value;

pub(crate) struct Aws {
    pub(crate) url: String,
    bodies: Arc<Mutex<Vec<Value>>>,
}

impl Aws {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let bodies = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&bodies);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let stream = stream.unwrap();
                while let Some(body) = read(&stream) {
                    kept.lock().unwrap().push(serde_json::from_slice(&body).unwrap());
                    let answer =
                        "HTTP/1.1 200 OK\r\ncontent-length: 18\r\n\r\n{\"MessageId\":\"id\"}";
                    (&stream).write_all(answer.as_bytes()).unwrap();
                }
            }
        });
        Self { url, bodies }
    }

    pub(crate) fn bodies(&self) -> Vec<Value> {
        self.bodies.lock().unwrap().clone()
    }
}

fn read(stream: &TcpStream) -> Option<Vec<u8>> {
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        match line.trim_end().to_lowercase().split_once(": ") {
            Some(("content-length", value)) => length = value.parse().unwrap(),
            None if line.trim_end().is_empty() => break,
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(body)
}
