//! A DynamoDB table on the loopback interface that fails often: it throttles, fails inside, closes connections before
//! or after it has done what it was asked, and is slow or does not respond at all.

use std::collections::HashMap;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use crate::dice::Dice;
use crate::runtime_api::{Post, read};

pub(super) struct Table {
    pub(super) url: String,
    state: Arc<Mutex<State>>,
}

struct State {
    items: HashMap<String, Value>,
    dice: Dice,
    faults: usize,
}

/// What the table does with a request.
#[derive(Clone, Copy)]
enum Fault {
    None,
    Throttle,
    Fail { done: bool },
    Close { done: bool },
    Slow(u64),
    Hang,
}

impl State {
    fn fault(&mut self) -> Fault {
        let fault = match self.dice.roll(1_000) {
            0..40 => Fault::Throttle,
            40..60 => Fault::Fail { done: false },
            60..80 => Fault::Fail { done: true },
            80..110 => Fault::Close { done: false },
            110..140 => Fault::Close { done: true },
            140..150 => Fault::Slow(200 + self.dice.roll(1_000)),
            150..153 => Fault::Hang,
            _ => return Fault::None,
        };
        self.faults += 1;
        fault
    }

    /// Does what a request asks for. Returns the status and the body of the response.
    fn perform(&mut self, request: &Post) -> (u16, Value) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let body = request.json();
        let number =
            |value: &Value| value["N"].as_str().map_or(0, |it| it.parse::<u128>().unwrap());
        let values = &body["ExpressionAttributeValues"];
        if request.header("x-amz-target").unwrap().ends_with(".PutItem") {
            let id = body["Item"]["id"]["S"].as_str().unwrap();
            if let Some(held) = self.items.get(id) {
                let is_left = held["status"]["S"] == "in_progress"
                    && number(&held["in_progress_until"]) < number(&values[":now_ms"]);
                if number(&held["expires_at"]) > now.as_secs().into() && !is_left {
                    return refusal(Some(held));
                }
            }
            self.items.insert(id.to_owned(), body["Item"].clone());
            return (200, json!({}));
        }
        let id = body["Key"]["id"]["S"].as_str().unwrap();
        let Some(held) = self.items.get_mut(id).filter(|held| held["owner"] == values[":owner"])
        else {
            return refusal(None);
        };
        if request.header("x-amz-target").unwrap().ends_with(".DeleteItem") {
            self.items.remove(id);
        } else {
            held["status"] = values[":completed"].clone();
            held["expires_at"] = values[":expires"].clone();
            held["answer"] = values[":answer"].clone();
            held.as_object_mut().unwrap().remove("in_progress_until");
        }
        (200, json!({}))
    }
}

fn refusal(held: Option<&Value>) -> (u16, Value) {
    let mut body = json!({ "__type": "ConditionalCheckFailedException", "message": "no" });
    if let Some(held) = held {
        body["Item"] = held.clone();
    }
    (400, body)
}

impl Table {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = State { items: HashMap::new(), dice: Dice(0x7ab1e), faults: 0 };
        let state = Arc::new(Mutex::new(state));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (stream, state) = (stream.unwrap(), Arc::clone(&shared));
                thread::spawn(move || while respond(&stream, &state).is_some() {});
            }
        });
        Self { url, state }
    }

    /// Returns how many requests failed.
    pub(super) fn faults(&self) -> usize {
        self.state.lock().unwrap().faults
    }

    /// Returns how many records say that a run is in progress.
    pub(super) fn in_progress(&self) -> usize {
        let state = self.state.lock().unwrap();
        state.items.values().filter(|item| item["status"]["S"] == "in_progress").count()
    }
}

/// Responds to the next request of a connection; `None` if the connection is to be closed.
fn respond(mut stream: &TcpStream, state: &Mutex<State>) -> Option<()> {
    let request = read(stream)?;
    let fault = state.lock().unwrap().fault();
    let (status, body) = match fault {
        Fault::None => state.lock().unwrap().perform(&request),
        Fault::Throttle => {
            (400, json!({ "__type": "ProvisionedThroughputExceededException", "message": "no" }))
        }
        Fault::Fail { done } | Fault::Close { done } => {
            if done {
                state.lock().unwrap().perform(&request);
            }
            if let Fault::Close { .. } = fault {
                return None;
            }
            (500, json!({ "__type": "InternalServerError", "message": "no" }))
        }
        Fault::Slow(milliseconds) => {
            thread::sleep(Duration::from_millis(milliseconds));
            state.lock().unwrap().perform(&request)
        }
        Fault::Hang => {
            let _ = stream.read(&mut [0]);
            return None;
        }
    };
    let body = body.to_string();
    let head = format!("HTTP/1.1 {status} Status\r\ncontent-length: {}\r\n\r\n", body.len());
    stream.write_all(format!("{head}{body}").as_bytes()).ok()
}
