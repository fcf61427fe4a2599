//! SIGTERM: the hooks run, and running invocations respond.

use std::process::Command;
use std::time::Duration;

use serde_json::json;

use super::{run, start};
use crate::process::Process;
use crate::runtime_api::{Next, Post, RuntimeApi, Seen};

/// Sends SIGTERM, as Lambda does.
pub(super) fn terminate(process: &Process) {
    let status = Command::new("kill").args(["-TERM", &process.0.id().to_string()]).status();
    assert!(status.unwrap().success());
}

/// Waits until the process has asked for one event more than there are.
fn until_done(api: &RuntimeApi) -> Vec<String> {
    let mut extensions = Vec::new();
    loop {
        match api.seen.recv_timeout(Duration::from_secs(20)).unwrap() {
            Seen::Done => return extensions,
            Seen::Extension(path) => extensions.push(path),
            Seen::Post(_) | Seen::Next(..) => {}
        }
    }
}

#[test]
fn a_process_with_a_hook_registers_an_extension_and_runs_the_hook_at_sigterm() {
    let api = RuntimeApi::start(vec![Next::event("1")], Vec::new());
    let mut process = start(&api, "faults", "hooked", 1);
    let extensions = until_done(&api);
    assert!(extensions.contains(&"/2020-01-01/extension/register".to_owned()), "{extensions:?}");
    terminate(&process);
    assert_eq!(process.wait().code(), Some(0));
    let stderr = process.stderr();
    assert!(stderr.contains("the hook ran"), "{stderr}");
}

#[test]
fn a_running_invocation_responds_before_the_hook_runs() {
    let slow =
        Next::Within(Duration::from_millis(150), json!({ "do": "sleep" }).to_string().into());
    let api = RuntimeApi::start(vec![slow], Vec::new());
    let mut process = start(&api, "faults", "hooked", 1);
    while !matches!(api.seen.recv().unwrap(), Seen::Next(..)) {}
    std::thread::sleep(Duration::from_millis(40));
    terminate(&process);
    assert_eq!(process.wait().code(), Some(0));
    let stderr = process.stderr();
    let (failed, hook) = (stderr.find("request-1 failed: TimedOut"), stderr.find("the hook ran"));
    assert!(failed.is_some() && failed < hook, "{stderr}");
    let posted = api.seen.try_iter().find_map(|seen| match seen {
        Seen::Post(post) => Some(post.path),
        _ => None,
    });
    assert!(posted.is_some_and(|path| path.ends_with("/error")));
}

/// Starts a process with that many invocations at once, sends it one that takes that long, and stops it.
fn ended_during_a_nap(length: u64, concurrency: usize) -> (String, Vec<Post>) {
    let nap = Next::event(json!({ "do": "nap", "ms": length }).to_string());
    let api = RuntimeApi::start(vec![nap], Vec::new());
    let mut process = start(&api, "faults", "hooked", concurrency);
    while !matches!(api.seen.recv().unwrap(), Seen::Next(..)) {}
    std::thread::sleep(Duration::from_millis(40));
    terminate(&process);
    assert_eq!(process.wait().code(), Some(0));
    let posts = api.seen.try_iter().filter_map(|seen| match seen {
        Seen::Post(post) => Some(post),
        _ => None,
    });
    (process.stderr(), posts.collect())
}

#[test]
fn an_invocation_that_finishes_within_the_grace_period_responds_before_the_hook_runs() {
    for concurrency in [1, 2] {
        let (stderr, posts) = ended_during_a_nap(100, concurrency);
        assert_eq!(posts[0].json(), "rested", "{stderr}");
        let (nap, hook) = (stderr.find("the nap is over"), stderr.find("the hook ran"));
        assert!(nap.is_some() && nap < hook, "{stderr}");
    }
}

#[test]
fn an_invocation_beyond_the_grace_period_is_dropped_before_the_hook_runs() {
    for concurrency in [1, 2] {
        let (stderr, posts) = ended_during_a_nap(320, concurrency);
        let (stopped, hook) =
            (stderr.find("request-1 failed: ShutDown: "), stderr.find("the hook ran"));
        assert!(posts.is_empty() && stopped.is_some() && stopped < hook, "{stderr}");
        assert!(!stderr.contains("the nap is over"), "{stderr}");
    }
}

#[test]
fn a_process_without_a_hook_registers_nothing() {
    // `run` fails if it does.
    let ran = run("faults", "fault", vec![Next::event("1")], Vec::new());
    assert_eq!(ran.only().json(), 1);
}
