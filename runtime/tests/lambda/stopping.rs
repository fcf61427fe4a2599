//! SIGTERM: the hooks run, and what is in flight is answered.

use std::process::Command;
use std::time::Duration;

use serde_json::json;

use crate::app::Process;
use crate::runtime_api::{Next, RuntimeApi, Seen};
use crate::{run, start};

/// Sends SIGTERM, as Lambda does.
fn terminate(process: &Process) {
    let status = Command::new("kill").args(["-TERM", &process.0.id().to_string()]).status();
    assert!(status.unwrap().success());
}

/// Waits for the process to have asked for one more event than there are.
fn until_done(api: &RuntimeApi) -> Vec<String> {
    let mut extensions = Vec::new();
    loop {
        match api.seen.recv_timeout(Duration::from_secs(20)).unwrap() {
            Seen::Done => return extensions,
            Seen::Extension(path) => extensions.push(path),
            Seen::Post(_) | Seen::Next(_) => {}
        }
    }
}

#[test]
fn a_process_with_a_hook_registers_an_extension_and_runs_the_hook_at_its_end() {
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
fn an_invocation_in_flight_is_answered_before_the_hook_runs() {
    let slow =
        Next::Within(Duration::from_millis(150), json!({ "do": "sleep" }).to_string().into());
    let api = RuntimeApi::start(vec![slow], Vec::new());
    let mut process = start(&api, "faults", "hooked", 1);
    while !matches!(api.seen.recv().unwrap(), Seen::Next(_)) {}
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

#[test]
fn a_process_without_a_hook_registers_nothing() {
    // `run` fails where it does.
    let ran = run("faults", "fault", vec![Next::event("1")], Vec::new());
    assert_eq!(ran.only().json(), 1);
}
