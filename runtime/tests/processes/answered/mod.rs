//! Functions that CloudFormation and CodeDeploy call, as a process: a server in their place gets the answer to every
//! request, and no line of the log has the URL of the answer.

mod entries;

use std::io::Write as _;
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};
use skylift::__private::AppEntry;

use crate::lambda::{Ran, run, run_with};
use crate::runtime_api::{Next, Post, read};

pub(crate) const APP: AppEntry = AppEntry {
    package: "answered",
    binary: "answered",
    handlers: entries::HANDLERS,
    variables: &[],
    cors: None,
};

const SIGNATURE: &str = "Signature=only-for-cloudformation";

/// A server in place of S3, and its URL.
fn bucket(status: u16) -> (String, Receiver<Post>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/answer?{SIGNATURE}", listener.local_addr().unwrap());
    let (sender, answers) = channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let stream = stream.unwrap();
            let Some(put) = read(&stream) else { continue };
            if sender.send(put).is_err() {
                return;
            }
            let head = format!(
                "HTTP/1.1 {status} Status\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
            );
            let _ = (&stream).write_all(head.as_bytes());
        }
    });
    (url, answers)
}

fn request(kind: &str, url: &str, properties: &Value) -> Vec<u8> {
    let mut request = json!({
        "RequestType": kind,
        "RequestId": "request-of-stack",
        "ResponseURL": url,
        "StackId": "arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/1a2b",
        "ResourceType": "Custom::Seed",
        "LogicalResourceId": "Seed",
        "ResourceProperties": properties,
    });
    if kind != "Create" {
        request["PhysicalResourceId"] = json!("skylift:never-created:shop-Seed-1a2b");
    }
    request.to_string().into()
}

/// Runs a handler with one request, and returns the answer to it.
fn answer(handler: &str, kind: &str, properties: &Value, left: Duration) -> (Value, Ran) {
    let (url, answers) = bucket(200);
    let script = vec![Next::Within(left, request(kind, &url, properties))];
    let ran = run("answered", handler, script, Vec::new());
    assert!(!ran.stderr.contains(SIGNATURE), "{}", ran.stderr);
    let put = answers.try_recv().unwrap();
    assert_eq!(put.path, format!("/answer?{SIGNATURE}"));
    assert!(answers.try_recv().is_err());
    (put.json(), ran)
}

fn seed(what: &str, left: Duration) -> (Value, Ran) {
    let properties = json!({ "ServiceToken": "arn", "Do": what, "Rows": "7" });
    let (answer, ran) = answer("seed", "Create", &properties, left);
    // Lambda does not send a request again that has its answer.
    assert_eq!(ran.answer(), Value::Null);
    assert_eq!(ran.code, None);
    (answer, ran)
}

const LONG: Duration = Duration::from_secs(20);

#[test]
fn a_request_is_answered_with_the_data_of_the_handler() {
    let (answer, _) = seed("work", LONG);
    let expected = json!({
        "Status": "SUCCESS",
        "PhysicalResourceId": "shop-Seed-1a2b",
        "StackId": "arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/1a2b",
        "RequestId": "request-of-stack",
        "LogicalResourceId": "Seed",
        "Data": { "Rows": 7 },
    });
    assert_eq!(answer, expected);
}

#[test]
fn a_request_is_answered_if_its_handler_fails_panics_or_takes_too_long() {
    for (what, left, reason) in [
        ("fail", LONG, "SoldOut: none left"),
        ("panic", LONG, "Panic: out of stock, at "),
        ("sleep", Duration::from_millis(1_200), "TimedOut: the handler was stopped 500 ms before"),
    ] {
        let (answer, ran) = seed(what, left);
        assert_eq!(answer["Status"], "FAILED");
        assert!(answer["Reason"].as_str().unwrap().starts_with(reason), "{answer}");
        assert_eq!(answer["PhysicalResourceId"], "shop-Seed-1a2b");
        // An operator finds the failure in the log as well.
        let (name, _) = reason.split_once(':').unwrap();
        assert!(ran.stderr.contains(name), "{}", ran.stderr);
    }
}

#[test]
fn a_request_with_properties_that_cannot_be_decoded_is_answered() {
    let (answer, ran) = answer("seed", "Create", &json!({ "Do": "work", "Rows": "many" }), LONG);
    assert_eq!(ran.answer(), Value::Null);
    let reason = answer["Reason"].as_str().unwrap();
    assert!(reason.contains("the `ResourceProperties` are not a `Seed`: `Rows`: "), "{reason}");
    assert_eq!(answer["PhysicalResourceId"], "skylift:never-created:shop-Seed-1a2b");
}

#[test]
fn a_request_is_answered_if_the_process_cannot_start() {
    let (created, ran) = answer("sown", "Create", &json!({}), LONG);
    assert_eq!(created["Status"], "FAILED");
    assert!(created["Reason"].as_str().unwrap().contains("no field"), "{created}");
    assert_eq!((ran.answer(), ran.code), (Value::Null, Some(1)));
    // The stack is rolled back: nothing was created.
    let (deleted, _) = answer("sown", "Delete", &json!({}), LONG);
    assert_eq!(deleted["Status"], "SUCCESS");
}

#[test]
fn an_answer_that_is_refused_fails_the_invocation_without_the_url_in_the_log() {
    let (url, answers) = bucket(403);
    let properties = json!({ "Do": "work", "Rows": "7" });
    let script = vec![Next::event(request("Create", &url, &properties))];
    let ran = run("answered", "seed", script, Vec::new());
    let (error_type, message) = ran.error();
    assert_eq!(error_type, "AnswerNotDelivered");
    assert!(!message.contains("http:") && !ran.stderr.contains(SIGNATURE), "{}", ran.stderr);
    assert_eq!(answers.try_iter().count(), 1);
}

/// Runs a hook with a call of this deployment, and returns what CodeDeploy gets.
fn hook(handler: &str, deployment: &str, left: Duration) -> (Value, Ran) {
    let (url, answers) = bucket(200);
    let address = url.split("/answer").next().unwrap();
    let environment = [
        ("AWS_REGION", "eu-west-1"),
        ("AWS_ACCESS_KEY_ID", "key"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_ENDPOINT_URL_CODEDEPLOY", address),
    ];
    let event = json!({ "DeploymentId": deployment, "LifecycleEventHookExecutionId": "e-1" });
    let script = vec![Next::Within(left, event.to_string().into())];
    let ran = run_with(&environment, "answered", handler, script);
    let put = answers.try_recv().unwrap_or_else(|_| panic!("{}", ran.stderr));
    assert!(answers.try_recv().is_err());
    (put.json(), ran)
}

#[test]
fn codedeploy_is_told_whether_a_hook_succeeded() {
    for (deployment, left, status, log) in [
        ("d-work", LONG, "Succeeded", None),
        ("d-fail", LONG, "Failed", Some("SoldOut")),
        ("d-panic", LONG, "Failed", Some("out of stock")),
        ("d-sleep", Duration::from_millis(1_200), "Failed", Some("TimedOut")),
    ] {
        let (put, ran) = hook("check", deployment, left);
        let expected = json!({
            "deploymentId": deployment,
            "lifecycleEventHookExecutionId": "e-1",
            "status": status,
        });
        assert_eq!(put, expected);
        // Lambda does not call a hook again that has its answer.
        assert_eq!((ran.answer(), ran.code), (Value::Null, None));
        assert!(log.is_none_or(|log| ran.stderr.contains(log)), "{}", ran.stderr);
    }
}

#[test]
fn codedeploy_is_told_that_a_hook_could_not_start() {
    let (put, ran) = hook("unready", "d-work", LONG);
    assert_eq!(put["status"], "Failed");
    assert!(ran.stderr.contains("no field"), "{}", ran.stderr);
    assert_eq!((ran.answer(), ran.code), (Value::Null, Some(1)));
}
