//! Several invocations at once, as Lambda sends them on managed instances.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::run_at_once;
use crate::runtime_api::{Next, Post};

fn event(payload: &str, id: &'static str, trace: &'static str) -> Next {
    let headers = vec![("Lambda-Runtime-Aws-Request-Id", id), ("Lambda-Runtime-Trace-Id", trace)];
    Next::Event(payload.into(), headers)
}

#[test]
fn concurrent_invocations_have_their_own_ids_and_traces() {
    let script =
        vec![event("3", "a", "Root=a"), event("3", "b", "Root=b"), event("3", "c", "Root=c")];
    let ran = run_at_once(3, "faults", "meet", script, Vec::new());
    assert_eq!(ran.posts.len(), 3, "{}", ran.stderr);
    for post in &ran.posts {
        let id = post.path.split('/').nth(4).unwrap();
        assert_eq!(post.json(), json!([id, format!("Root={id}")]));
    }
    let connections: HashSet<_> = ran.nexts.iter().collect();
    assert_eq!(connections.len(), 3, "a connection for each");
}

#[test]
fn an_invocation_that_fails_or_hangs_does_not_affect_the_others() {
    let script = vec![
        event(r#"{"do":"panic"}"#, "a", ""),
        Next::HangUp,
        event(r#"{"do":"fail"}"#, "b", ""),
        Next::Status(500),
        event(r#"{"do":"trace"}"#, "c", "Root=c"),
        event("1", "d", ""),
    ];
    let ran = run_at_once(2, "faults", "fault", script, Vec::new());
    let mut posts: Vec<(&str, Value)> =
        ran.posts.iter().map(|post| (path(post), post.json())).collect();
    posts.sort_by_key(|(path, _)| *path);
    assert_eq!(posts[0].1["errorType"], "Panic");
    assert_eq!(posts[1].1["errorType"], "SoldOut");
    assert_eq!(posts[2], ("c/response", json!(["c", "Root=c", null])));
    assert_eq!(posts[3], ("d/response", json!(1)));
    assert_eq!((posts.len(), ran.code), (4, None));
}

#[test]
fn the_other_workers_finish_if_one_loses_the_runtime_api() {
    let mut script = vec![event(r#"{"do":"nap","ms":2500}"#, "a", "")];
    script.extend(vec![Next::Status(500); 6]);
    let ran = run_at_once(2, "faults", "fault", script, Vec::new());
    assert_eq!(ran.posts.len(), 1, "{}", ran.stderr);
    assert_eq!((path(&ran.posts[0]), ran.posts[0].json()), ("a/response", json!("rested")));
    assert_eq!((ran.nexts.len(), ran.code), (7, Some(1)));
}

fn path(post: &Post) -> &str {
    post.path.strip_prefix("/2018-06-01/runtime/invocation/").unwrap()
}
