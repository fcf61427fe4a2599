//! A Lambda runtime API that follows a script: it gives the events, fails or hangs up as told, and
//! notes what is posted.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// What `/invocation/next` does.
#[derive(Clone)]
pub(crate) enum Next {
    /// Gives an event with further headers.
    Event(Vec<u8>, Vec<(&'static str, &'static str)>),
    /// Answers with a status that is no event.
    Status(u16),
    /// Closes the connection.
    HangUp,
}

impl Next {
    pub(crate) fn event(payload: impl Into<Vec<u8>>) -> Self {
        Self::Event(payload.into(), Vec::new())
    }
}

/// What was posted.
pub(crate) struct Post {
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Post {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// What the process did.
pub(crate) enum Seen {
    Post(Post),
    /// It asked for an event, so many connections after the first.
    Next(usize),
    /// It asked once more than the script goes.
    Done,
}

pub(crate) struct RuntimeApi {
    pub(crate) address: String,
    pub(crate) seen: Receiver<Seen>,
}

impl RuntimeApi {
    /// `statuses` are the answers to posts; 202 after them, and at 0 the connection is closed.
    pub(crate) fn start(script: Vec<Next>, statuses: Vec<u16>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (sender, seen) = channel();
        thread::spawn(move || {
            let mut script = script.into_iter();
            let mut statuses = statuses.into_iter();
            for (number, stream) in listener.incoming().enumerate() {
                let mut connection = Connection { stream: stream.unwrap(), number };
                while connection.serve(&mut script, &mut statuses, &sender).is_some() {}
            }
        });
        Self { address, seen }
    }
}

struct Connection {
    stream: TcpStream,
    number: usize,
}

impl Connection {
    fn serve(
        &mut self,
        script: &mut impl Iterator<Item = Next>,
        statuses: &mut impl Iterator<Item = u16>,
        seen: &Sender<Seen>,
    ) -> Option<()> {
        let post = self.read()?;
        if !post.path.ends_with("/invocation/next") {
            seen.send(Seen::Post(post)).ok()?;
            return match statuses.next() {
                Some(0) => None,
                status => self.answer(status.unwrap_or(202), &[], b"{}"),
            };
        }
        seen.send(Seen::Next(self.number)).ok()?;
        match script.next() {
            Some(Next::Event(payload, headers)) => {
                let mut all = vec![
                    ("Lambda-Runtime-Aws-Request-Id", "request-1"),
                    ("Lambda-Runtime-Deadline-Ms", "99999999999999"),
                    ("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:::function:shop"),
                ];
                all.retain(|(known, _)| headers.iter().all(|(name, _)| name != known));
                all.extend(headers);
                self.answer(200, &all, &payload)
            }
            Some(Next::Status(status)) => self.answer(status, &[], b"{}"),
            Some(Next::HangUp) => None,
            None => {
                seen.send(Seen::Done).ok()?;
                // The process waits for an event until the test ends it.
                let _ = self.stream.read(&mut [0]);
                None
            }
        }
    }

    fn read(&mut self) -> Option<Post> {
        let mut reader = BufReader::new(&self.stream);
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        let path = line.split(' ').nth(1)?.to_owned();
        let mut headers = Vec::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).ok()?;
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            headers.push((name.to_owned(), value.to_owned()));
        }
        let mut post = Post { path, headers, body: Vec::new() };
        let length = post.header("content-length").map_or(0, |length| length.parse().unwrap());
        post.body.resize(length, 0);
        reader.read_exact(&mut post.body).ok()?;
        Some(post)
    }

    fn answer(&mut self, status: u16, headers: &[(&str, &str)], body: &[u8]) -> Option<()> {
        let mut head = format!("HTTP/1.1 {status} Status\r\ncontent-length: {}\r\n", body.len());
        for (name, value) in headers {
            head.extend([name, ": ", value, "\r\n"]);
        }
        head.push_str("\r\n");
        self.stream.write_all(&[head.as_bytes(), body].concat()).ok()
    }
}
