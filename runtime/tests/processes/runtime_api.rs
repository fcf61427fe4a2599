//! A Lambda runtime API that follows a script: it delivers events, fails or disconnects, and records what is
//! posted. Each connection has a thread, so that it can serve several workers at once.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// What `/invocation/next` does.
#[derive(Clone)]
pub(crate) enum Next {
    /// Delivers an event with more headers.
    Event(Vec<u8>, Vec<(&'static str, &'static str)>),
    /// Delivers an event that has this long until its deadline.
    Within(Duration, Vec<u8>),
    /// The same, and never reads the response.
    Deaf(Duration, Vec<u8>),
    /// Responds with a status that is not an event.
    Status(u16),
    /// Responds with these bytes, and closes the connection.
    Raw(&'static [u8]),
    /// Closes the connection.
    HangUp,
}

impl Next {
    pub(crate) fn event(payload: impl Into<Vec<u8>>) -> Self {
        Self::Event(payload.into(), Vec::new())
    }
}

/// The status of a post that gets no response.
pub(crate) const UNANSWERED: u16 = 1;
/// The status of a post whose response accepts it, and is malformed.
pub(crate) const MALFORMED: u16 = 2;

/// A post.
#[derive(Default)]
pub(crate) struct Post {
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// The chunks of the body, if it was chunked.
    pub(crate) chunks: Vec<String>,
    /// When each chunk came.
    pub(crate) times: Vec<Instant>,
    /// The trailers after the last chunk.
    pub(crate) trailers: Vec<(String, String)>,
}

fn header_value<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let found = headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str())
}

impl Post {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        header_value(&self.headers, name)
    }

    pub(crate) fn trailer(&self, name: &str) -> Option<&str> {
        header_value(&self.trailers, name)
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// What the process did.
pub(crate) enum Seen {
    Post(Post),
    /// It asked for an event, on the connection with this number, at that time.
    Next(usize, Instant),
    /// It registered an extension, or asked for the events of the extension.
    Extension(String),
    /// It asked for an event after the end of the script.
    Done,
}

/// What all connections share.
struct Script {
    next: Mutex<std::vec::IntoIter<Next>>,
    statuses: Mutex<std::vec::IntoIter<u16>>,
    seen: Mutex<Sender<Seen>>,
}

impl Script {
    fn note(&self, seen: Seen) -> Option<()> {
        self.seen.lock().unwrap().send(seen).ok()
    }
}

pub(crate) struct RuntimeApi {
    pub(crate) address: String,
    pub(crate) seen: Receiver<Seen>,
}

impl RuntimeApi {
    /// `statuses` are the statuses of the responses to posts, 202 after them; at 0, the connection is closed, and a
    /// post with the status [`UNANSWERED`] gets no response.
    pub(crate) fn start(script: Vec<Next>, statuses: Vec<u16>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (sender, seen) = channel();
        let script = Arc::new(Script {
            next: Mutex::new(script.into_iter()),
            statuses: Mutex::new(statuses.into_iter()),
            seen: Mutex::new(sender),
        });
        thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                let script = Arc::clone(&script);
                let mut connection = Connection { stream: stream.unwrap(), number };
                thread::spawn(move || while connection.serve(&script).is_some() {});
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
    fn serve(&mut self, script: &Script) -> Option<()> {
        let post = read(&self.stream)?;
        if post.path.contains("/extension/") {
            let registers = post.path.ends_with("/register");
            script.note(Seen::Extension(post.path))?;
            let id = [("Lambda-Extension-Identifier", "extension-1")];
            return if registers { self.answer(200, &id, b"{}") } else { self.wait() };
        }
        if !post.path.ends_with("/invocation/next") {
            script.note(Seen::Post(post))?;
            let status = script.statuses.lock().unwrap().next();
            return match status {
                Some(0) => None,
                Some(UNANSWERED) => self.wait(),
                Some(MALFORMED) => self.answer(202, &[("content-length", "2, 2")], b"{}"),
                status => self.answer(status.unwrap_or(202), &[], b"{}"),
            };
        }
        script.note(Seen::Next(self.number, Instant::now()))?;
        let next = script.next.lock().unwrap().next();
        match next {
            Some(Next::Event(payload, headers)) => self.event("99999999999999", &payload, &headers),
            Some(Next::Within(left, payload)) => self.event(&deadline_header(left), &payload, &[]),
            Some(Next::Deaf(left, payload)) => {
                self.event(&deadline_header(left), &payload, &[])?;
                loop {
                    thread::sleep(Duration::from_mins(1));
                }
            }
            Some(Next::Status(status)) => self.answer(status, &[], b"{}"),
            Some(Next::Raw(bytes)) => {
                self.stream.write_all(bytes).ok()?;
                None
            }
            Some(Next::HangUp) => None,
            None => {
                script.note(Seen::Done)?;
                self.wait()
            }
        }
    }

    /// The process waits for a response until the test ends it.
    fn wait(&mut self) -> Option<()> {
        let _ = self.stream.read(&mut [0]);
        None
    }

    fn event(&mut self, deadline: &str, payload: &[u8], headers: &[(&str, &str)]) -> Option<()> {
        let mut all = vec![
            ("Lambda-Runtime-Aws-Request-Id", "request-1"),
            ("Lambda-Runtime-Deadline-Ms", deadline),
            ("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:::function:shop"),
        ];
        all.extend(headers);
        self.answer(200, &all, payload)
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

/// A deadline, in the format of the header.
fn deadline_header(left: Duration) -> String {
    let deadline = SystemTime::now().duration_since(UNIX_EPOCH).unwrap() + left;
    deadline.as_millis().to_string()
}

/// Reads a whole request; `None` if the connection ends before.
pub(crate) fn read(stream: &TcpStream) -> Option<Post> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    let path = line.split(' ').nth(1)?.to_owned();
    let mut post = Post { path, headers: lines(&mut reader)?, ..Post::default() };
    if post.header("transfer-encoding") == Some("chunked") {
        read_chunks(&mut reader, &mut post)?;
        return Some(post);
    }
    let length = post.header("content-length").map_or(0, |length| length.parse().unwrap());
    post.body.resize(length, 0);
    reader.read_exact(&mut post.body).ok()?;
    Some(post)
}

/// Reads headers or trailers, up to the empty line.
fn lines(reader: &mut impl BufRead) -> Option<Vec<(String, String)>> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        let Some((name, value)) = line.split_once(':') else { return Some(lines) };
        lines.push((name.to_owned(), value.trim().to_owned()));
    }
}

fn read_chunks(reader: &mut impl BufRead, post: &mut Post) -> Option<()> {
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
        let size = usize::from_str_radix(line.trim_end(), 16).unwrap();
        if size == 0 {
            post.trailers = lines(reader)?;
            return Some(());
        }
        let mut chunk = vec![0; size + 2];
        reader.read_exact(&mut chunk).ok()?;
        chunk.truncate(size);
        post.body.extend_from_slice(&chunk);
        post.times.push(Instant::now());
        post.chunks.push(String::from_utf8_lossy(&chunk).into_owned());
    }
}
