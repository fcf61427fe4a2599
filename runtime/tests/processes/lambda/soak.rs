//! Many invocations with random faults of the handler, of its caller and of the runtime API: each gets
//! exactly one response, and the memory of the process does not grow.

use std::collections::HashMap;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::dice::{self, Dice};
use crate::process::Process;
use crate::runtime_api::{Post, read};

/// What an event makes the handler do, and by which post it must be responded to.
const KINDS: &[(&str, &str)] = &[
    (r#"{"n":1}"#, "response"),
    (r#"{"do":"fail"}"#, "SoldOut"),
    (r#"{"do":"panic"}"#, "Panic"),
    (r#"{"do":"panic in a task"}"#, "JoinError"),
    (r#"{"do":"panic in a task that nobody waits for"}"#, "response"),
    ("{\"do\":", "InvalidPayload"),
    ("context", "InvalidContext"),
    ("identity", "InvalidContext"),
    (r#"late {"do":"sleep"}"#, "TimedOut"),
];

/// The kinds of events for the function that streams.
const STREAMS: &[(&str, &str)] = &[
    ("{}", "response"),
    (r#"{"end":"fail"}"#, "NoInk"),
    (r#"{"end":"panic"}"#, "Panic"),
    (r#"{"end":"before"}"#, "NoPaper"),
];

/// The kinds of events for the function whose code panics wherever the runtime calls it.
const RUDE: &[(&str, &str)] = &[
    (r#""well""#, "response"),
    (r#""display panics""#, "RudeError"),
    (r#""display fails""#, "RudeError"),
    (r#""error drop""#, "RudeError"),
    (r#""panic value""#, "Panic"),
    (r#""event drop""#, "Panic"),
    (r#""decode panics""#, "Panic"),
    (r#""decode fails""#, "InvalidPayload"),
    (r#""encode panics""#, "Panic"),
    (r#""encode fails""#, "InvalidResponse"),
    (r#""answer drop""#, "Panic"),
    (r#"late "future drop""#, "TimedOut"),
];

/// The same for the function that streams.
const RUDE_STREAMS: &[(&str, &str)] = &[
    (r#""well""#, "response"),
    (r#""display panics""#, "RudeError"),
    (r#""error drop""#, "RudeError"),
    (r#""panic value""#, "Panic"),
    (r#""chunk drop""#, "response"),
    (r#""stream drop""#, "response"),
];

/// The same for the function that takes a record of a batch at a time. Only the records fail.
const RUDE_BATCHES: &[(&str, &str)] = &[
    (r#"{"Records":[{"messageId":"a","body":"\"well\""}]}"#, "response"),
    (
        r#"{"Records":[{"messageId":"a","body":"\"display panics\""},{"messageId":"b","body":"\"error drop\""}]}"#,
        "response",
    ),
    (
        r#"{"Records":[{"messageId":"a","body":"\"panic value\""},{"messageId":"b","body":"\"event drop\""}]}"#,
        "response",
    ),
    (
        r#"{"Records":[{"messageId":"a","body":"\"decode panics\""},{"messageId":"b","body":"\"well\""}]}"#,
        "response",
    ),
    (r#"{"Records":7}"#, "InvalidPayload"),
];

struct Book {
    dice: Dice,
    kinds: &'static [(&'static str, &'static str)],
    /// How many events there are, and how many were delivered for the first time.
    total: usize,
    begun: usize,
    /// Events that were delivered in a response that was cut off.
    again: Vec<usize>,
    kind: HashMap<usize, &'static str>,
    /// How often each response was accepted.
    taken: Vec<u32>,
    answered: usize,
    wrong: Vec<String>,
}

/// How to respond to a request.
enum Reply {
    Bytes(Vec<u8>),
    /// The connection is closed afterwards.
    Last(Vec<u8>),
}

impl Book {
    fn event(&mut self) -> Option<Reply> {
        match self.dice.roll(2_000) {
            0 => return Some(Reply::Last(Vec::new())),
            1 => {
                return Some(Reply::Bytes(
                    b"HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n".to_vec(),
                ));
            }
            2 => return Some(Reply::Last(b"no HTTP at all\r\n\r\n".to_vec())),
            _ => {}
        }
        let id = self.again.pop().or_else(|| {
            (self.begun < self.total).then(|| {
                self.begun += 1;
                self.begun - 1
            })
        })?;
        // Nearly all succeed, and few take as long as a timeout.
        let kind = match self.dice.roll(40) {
            0 if self.dice.roll(10) == 0 => self.kinds.len() - 1,
            1..=12 => usize::try_from(self.dice.roll(self.kinds.len() as u64 - 1)).unwrap(),
            _ => 0,
        };
        let (what, answer) = self.kinds[kind];
        self.kind.insert(id, answer);
        let whole = event(id, what, self.dice.roll(8) == 0);
        if self.dice.roll(2_000) == 0 {
            self.again.push(id);
            let cut = usize::try_from(self.dice.roll(whole.len() as u64 - 1)).unwrap();
            return Some(Reply::Last(whole[..cut].to_vec()));
        }
        Some(Reply::Bytes(whole))
    }

    fn post(&mut self, post: &Post) -> Reply {
        let mut parts = post.path.rsplit('/');
        let (what, id) = (parts.next().unwrap(), parts.next().unwrap().parse::<usize>().unwrap());
        let streamed = post.header("transfer-encoding").is_some();
        match self.dice.roll(400) {
            // A stream cannot be sent again: Lambda has only what was sent before.
            1 | 2 if streamed => {
                self.taken[id] += 1;
                self.answered += 1;
                return Reply::Last(Vec::new());
            }
            _ if streamed => {}
            1 => return Reply::Last(Vec::new()),
            2 => return Reply::Bytes(b"HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n".to_vec()),
            3 if what == "response" => {
                self.kind.insert(id, "ResponseTooLarge");
                return Reply::Bytes(b"HTTP/1.1 413 No\r\ncontent-length: 0\r\n\r\n".to_vec());
            }
            4 if what == "response" => {
                self.kind.insert(id, "AnswerRefused");
                return Reply::Bytes(b"HTTP/1.1 400 No\r\ncontent-length: 0\r\n\r\n".to_vec());
            }
            _ => {}
        }
        let name = post.header("lambda-runtime-function-error-type");
        let name = name.or_else(|| post.trailer("lambda-runtime-function-error-type"));
        let expected = self.kind[&id];
        if name.unwrap_or(what) != expected {
            self.wrong.push(format!("{id} is {expected}, and {} says {name:?}", post.path));
        }
        self.taken[id] += 1;
        self.answered += 1;
        Reply::Bytes(b"HTTP/1.1 202 OK\r\ncontent-length: 0\r\n\r\n".to_vec())
    }
}

/// The response that delivers an event.
fn event(id: usize, what: &str, chunked: bool) -> Vec<u8> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let (left, header, payload) = match what {
        "context" => (60_000, "lambda-runtime-client-context: {custom\r\n", "1"),
        "identity" => (60_000, "lambda-runtime-cognito-identity: \u{e4}\r\n", "1"),
        what => match what.strip_prefix("late ") {
            Some(payload) => (30, "", payload),
            None => (60_000, "", what),
        },
    };
    let deadline = (now + Duration::from_millis(left)).as_millis();
    let (framing, body) = if chunked {
        let (first, second) = payload.split_at(1);
        let chunk = |part: &str| format!("{:x}\r\n{part}\r\n", part.len());
        let second = if second.is_empty() { String::new() } else { chunk(second) };
        ("transfer-encoding: chunked".to_owned(), format!("{}{second}0\r\n\r\n", chunk(first)))
    } else {
        (format!("content-length: {}", payload.len()), payload.to_owned())
    };
    format!(
        "HTTP/1.1 200 OK\r\nlambda-runtime-aws-request-id: {id}\r\n\
         lambda-runtime-deadline-ms: {deadline}\r\n{header}{framing}\r\n\r\n{body}"
    )
    .into_bytes()
}

fn serve(mut stream: TcpStream, book: &Mutex<Book>, done: &Sender<()>) {
    stream.set_nodelay(true).unwrap();
    while let Some(post) = read(&stream) {
        let reply = if post.path.ends_with("/next") {
            let reply = book.lock().unwrap().event();
            let Some(reply) = reply else {
                let _ = done.send(());
                let _ = stream.read(&mut [0]);
                return;
            };
            reply
        } else {
            book.lock().unwrap().post(&post)
        };
        match reply {
            Reply::Bytes(bytes) => {
                // Other checks find a process that has ended.
                if stream.write_all(&bytes).is_err() {
                    return;
                }
            }
            Reply::Last(bytes) => {
                let _ = stream.write_all(&bytes);
                return;
            }
        }
    }
}

/// The memory of a process in KiB.
fn memory(pid: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().strip_suffix(" kB").unwrap().parse().unwrap()
}

fn soak(
    [app, handler]: [&str; 2],
    kinds: &'static [(&'static str, &'static str)],
    total: usize,
    concurrency: usize,
) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let book = Arc::new(Mutex::new(Book {
        dice: Dice(0x5eed_0000 + concurrency as u64),
        kinds,
        total,
        begun: 0,
        again: Vec::new(),
        kind: HashMap::new(),
        taken: vec![0; total],
        answered: 0,
        wrong: Vec::new(),
    }));
    let (sender, done) = channel();
    let kept = Arc::clone(&book);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (book, sender) = (Arc::clone(&kept), sender.clone());
            thread::spawn(move || serve(stream.unwrap(), &book, &sender));
        }
    });
    let mut process = Process::start(
        app,
        &[
            ("AWS_LAMBDA_RUNTIME_API", &address),
            ("_HANDLER", handler),
            ("AWS_LAMBDA_MAX_CONCURRENCY", &concurrency.to_string()),
        ],
    );
    let mut stderr = process.0.stderr.take().unwrap();
    let log = thread::spawn(move || {
        let (mut buffer, mut last) = ([0; 4096], String::new());
        while let Ok(read @ 1..) = stderr.read(&mut buffer) {
            last = String::from_utf8_lossy(&buffer[..read]).into_owned();
        }
        last
    });
    let answered = || book.lock().unwrap().answered;
    let mut early = None;
    let mut workers = 0;
    while workers < concurrency {
        if done.recv_timeout(Duration::from_millis(10)).is_ok() {
            workers += 1;
        }
        if early.is_none() && answered() > total / 5 {
            early = Some(memory(process.0.id()));
        }
        if let Some(status) = process.0.try_wait().unwrap() {
            panic!("{status} after {} of {total}: {}", answered(), log.join().unwrap());
        }
    }
    let late = memory(process.0.id());
    drop(process);
    let book = book.lock().unwrap();
    assert!(book.wrong.is_empty(), "{}: {:?}", book.wrong.len(), book.wrong.first());
    let unanswered = book.taken.iter().filter(|taken| **taken == 0).count();
    let twice = book.taken.iter().filter(|taken| **taken > 1).count();
    assert_eq!((unanswered, twice), (0, 0), "unanswered and answered twice");
    let early = early.unwrap();
    println!(
        "{app} {handler} at concurrency {concurrency}: {total} invocations, none unanswered, none answered twice, \
         {early} KiB of memory became {late}"
    );
    assert!(late < early + 2_048, "{early} KiB of memory became {late}");
}

/// The number of invocations. A tenth is enough for every day; `cargo xtask soak` runs all, since a small leak in each
/// invocation shows only after many.
fn all_or_a_tenth(total: usize) -> usize {
    if dice::is_whole() { total } else { total / 10 }
}

/// The same for invocations that panic often, which take longer.
fn all_or_a_fiftieth(total: usize) -> usize {
    if dice::is_whole() { total } else { total / 50 }
}

#[test]
fn many_invocations_with_faults_are_responded_to_once_each_in_constant_memory() {
    soak(["faults", "fault"], KINDS, all_or_a_tenth(90_000), 1);
    soak(["faults", "stream"], STREAMS, all_or_a_tenth(10_000), 1);
}

#[test]
fn many_concurrent_invocations_with_faults_are_responded_to_once_each() {
    soak(["faults", "fault"], KINDS, all_or_a_tenth(20_000), 4);
}

#[test]
fn many_invocations_of_code_that_panics_everywhere_are_responded_to_once_each() {
    soak(["rude", "rude"], RUDE, all_or_a_fiftieth(60_000), 1);
    soak(["rude", "rude"], RUDE, all_or_a_fiftieth(80_000), 8);
    soak(["rude", "rude_stream"], RUDE_STREAMS, all_or_a_fiftieth(20_000), 1);
    soak(["rude", "rude_stream"], RUDE_STREAMS, all_or_a_fiftieth(10_000), 8);
    soak(["rude", "rude_batch"], RUDE_BATCHES, all_or_a_fiftieth(30_000), 8);
}
