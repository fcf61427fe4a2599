//! A queue and the runtime API that delivers its messages. A message may be delivered twice at once, the deletion of a
//! message that was handled may fail, and so may every request of the process to the runtime API.

use std::collections::VecDeque;
use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::dice::Dice;
use crate::runtime_api::{Post, read};

/// How long an invocation may take.
const TIMEOUT: Duration = Duration::from_secs(4);
/// How long a message stays invisible after it was delivered.
const VISIBILITY: Duration = Duration::from_millis(4_500);
/// The most messages of a batch.
const BATCH: usize = 10;

pub(super) struct Queue {
    pub(super) address: String,
    state: Arc<Mutex<State>>,
}

struct State {
    dice: Dice,
    ready: VecDeque<usize>,
    /// The deliveries that may still be answered: when their messages become visible again, and the messages.
    delivered: Vec<Option<(Instant, Vec<usize>)>>,
    /// The messages that were deleted.
    deleted: Vec<bool>,
    faults: usize,
    deliveries: usize,
}

enum Reply {
    Bytes(Vec<u8>),
    Close,
}

impl State {
    /// Makes the messages of deliveries visible again that were not answered in time.
    fn expire(&mut self) {
        for delivery in &mut self.delivered {
            if delivery.as_ref().is_some_and(|(visible, _)| Instant::now() >= *visible)
                && let Some((_, messages)) = delivery.take()
            {
                self.ready.extend(messages);
            }
        }
    }

    /// Responds to a request for the next event; `None` if there is no message yet.
    fn next(&mut self) -> Option<Reply> {
        match self.dice.roll(100) {
            0 => {
                self.faults += 1;
                return Some(Reply::Close);
            }
            1 => {
                self.faults += 1;
                return Some(Reply::Bytes(status(500)));
            }
            _ => {}
        }
        self.expire();
        let mut messages = Vec::new();
        while messages.len() < BATCH
            && let Some(id) = self.ready.pop_front()
        {
            if self.deleted[id] {
                continue;
            }
            messages.push(id);
            if self.dice.roll(100) == 0 {
                // The queue delivers it twice.
                self.faults += 1;
                self.ready.push_back(id);
            }
        }
        if messages.is_empty() {
            return None;
        }
        self.deliveries += messages.len();
        let event = event(self.delivered.len(), &messages);
        self.delivered.push(Some((Instant::now() + VISIBILITY, messages)));
        if self.dice.roll(200) == 0 {
            // The delivery is lost on its way, and its messages become visible again.
            self.faults += 1;
            return Some(Reply::Close);
        }
        Some(Reply::Bytes(event))
    }

    /// Takes the response to a delivery.
    fn post(&mut self, post: &Post) -> Reply {
        match self.dice.roll(100) {
            0 => {
                self.faults += 1;
                return Reply::Close;
            }
            1 => {
                self.faults += 1;
                return Reply::Bytes(status(500));
            }
            _ => {}
        }
        let mut parts = post.path.rsplit('/');
        let (what, id) = (parts.next().unwrap(), parts.next().unwrap().parse::<usize>().unwrap());
        let Some((visible, messages)) = self.delivered[id].take() else {
            return Reply::Bytes(status(202));
        };
        if what != "response" {
            self.delivered[id] = Some((visible, messages));
            return Reply::Bytes(status(202));
        }
        let answer = post.json();
        let failed: Vec<&Value> = answer["batchItemFailures"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| &it["itemIdentifier"])
            .collect();
        for message in messages {
            let is_failed = failed.contains(&&json!(message.to_string()));
            let is_kept = self.dice.roll(50) == 0;
            if is_failed || is_kept {
                // The message failed, or it could not be deleted.
                self.faults += usize::from(is_kept);
                self.delivered.push(Some((Instant::now() + VISIBILITY / 3, vec![message])));
            } else {
                self.deleted[message] = true;
            }
        }
        Reply::Bytes(status(202))
    }
}

fn status(status: u16) -> Vec<u8> {
    format!("HTTP/1.1 {status} Status\r\ncontent-length: 0\r\n\r\n").into_bytes()
}

fn event(id: usize, messages: &[usize]) -> Vec<u8> {
    let record = |message: &usize| {
        json!({
            "messageId": message.to_string(),
            "eventSource": "aws:sqs",
            "body": json!({ "id": message }).to_string(),
        })
    };
    let records: Vec<_> = messages.iter().map(record).collect();
    let body = json!({ "Records": records }).to_string();
    let deadline = SystemTime::now().duration_since(UNIX_EPOCH).unwrap() + TIMEOUT;
    format!(
        "HTTP/1.1 200 OK\r\nlambda-runtime-aws-request-id: {id}\r\nlambda-runtime-deadline-ms: {}\r\n\
         content-length: {}\r\n\r\n{body}",
        deadline.as_millis(),
        body.len()
    )
    .into_bytes()
}

impl Queue {
    /// Starts a queue with `total` messages.
    pub(super) fn start(total: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let state = Arc::new(Mutex::new(State {
            dice: Dice(0x0_9e0e),
            ready: (0..total).collect(),
            delivered: Vec::new(),
            deleted: vec![false; total],
            faults: 0,
            deliveries: 0,
        }));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (stream, state) = (stream.unwrap(), Arc::clone(&shared));
                thread::spawn(move || while respond(&stream, &state).is_some() {});
            }
        });
        Self { address, state }
    }

    /// Returns whether every message was deleted.
    pub(super) fn is_done(&self) -> bool {
        let (deleted, total) = self.progress();
        deleted == total
    }

    /// Returns how many messages were deleted, and how many there were.
    pub(super) fn progress(&self) -> (usize, usize) {
        let state = self.state.lock().unwrap();
        (state.deleted.iter().filter(|it| **it).count(), state.deleted.len())
    }

    pub(super) fn faults(&self) -> usize {
        self.state.lock().unwrap().faults
    }

    pub(super) fn deliveries(&self) -> usize {
        self.state.lock().unwrap().deliveries
    }
}

/// Responds to the next request of a connection; `None` if the connection is to be closed.
fn respond(mut stream: &TcpStream, state: &Mutex<State>) -> Option<()> {
    let post = read(stream)?;
    let reply = if post.path.ends_with("/next") {
        loop {
            if let Some(reply) = state.lock().unwrap().next() {
                break reply;
            }
            thread::sleep(Duration::from_millis(10));
        }
    } else {
        state.lock().unwrap().post(&post)
    };
    match reply {
        Reply::Bytes(bytes) => stream.write_all(&bytes).ok(),
        Reply::Close => None,
    }
}
