//! A run of a function with the scripted runtime API: what it posted, and what it wrote.

use std::io::Read;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::process::Process;
use crate::runtime_api::{Next, Post, RuntimeApi, Seen};

pub(crate) struct Ran {
    pub(crate) posts: Vec<Post>,
    /// The time from the last response to the next request for an event.
    pub(crate) settled: Duration,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// The lines of the log that are JSON.
    pub(crate) fn log(&self) -> Vec<Value> {
        objects(&self.stderr)
    }

    /// The lines of metrics.
    pub(crate) fn metrics(&self) -> Vec<Value> {
        objects(&self.stdout)
    }

    /// Returns the only line of the log with this message.
    pub(crate) fn line(&self, message: &str) -> Value {
        let mut lines = self.log();
        lines.retain(|line| line["message"] == message);
        assert_eq!(lines.len(), 1, "`{message}` in {}", self.stderr);
        lines.remove(0)
    }
}

/// Everything else is written by the test harness.
pub(crate) fn objects(text: &str) -> Vec<Value> {
    let lines = text.lines().filter_map(|line| line.find('{').map(|at| &line[at..]));
    lines.filter_map(|line| serde_json::from_str(line).ok()).collect()
}

pub(crate) fn run(handler: &str, script: Vec<Next>, environment: &[(&str, &str)]) -> Ran {
    let events = script.len();
    let api = RuntimeApi::start(script, Vec::new());
    let lambda = [
        ("AWS_LAMBDA_RUNTIME_API", api.address.as_str()),
        ("_HANDLER", handler),
        ("AWS_LAMBDA_FUNCTION_NAME", "watched-function"),
        ("RUST_BACKTRACE", "0"),
    ];
    let mut process = Process::start("watched", &[&lambda[..], environment].concat());
    let mut ran = Ran {
        posts: Vec::new(),
        settled: Duration::ZERO,
        stdout: String::new(),
        stderr: String::new(),
    };
    let mut posted = Instant::now();
    let (mut is_done, mut patience) = (false, Duration::from_secs(20));
    // With concurrent invocations, the first that responds finds the end of the script.
    while !is_done || ran.posts.len() < events {
        match api.seen.recv_timeout(patience) {
            Ok(Seen::Post(post)) => {
                posted = Instant::now();
                ran.posts.push(post);
            }
            Ok(Seen::Next(..) | Seen::Extension(_)) => {}
            Ok(Seen::Done) => {
                (is_done, patience) = (true, Duration::from_secs(2));
                ran.settled = posted.elapsed();
            }
            Err(_) if is_done => break,
            Err(error) => panic!("{error}"),
        }
    }
    let stdout = process.0.stdout.take();
    ran.stderr = process.stderr();
    stdout.unwrap().read_to_string(&mut ran.stdout).unwrap();
    ran
}
