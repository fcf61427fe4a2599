//! Tests of the answers of hooks, with a server in place of CodeDeploy.
// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use serde_json::json;

use super::DeploymentHookEvent as DeploymentHook;
use super::answer::{Address, Status, find_url, send_status};
use crate::aws::credentials::AwsCredentials;
use crate::aws::environment::{CredentialSource, Endpoints, Keys};
use crate::aws::testing::{FakeAws, FakeResponse};
use crate::source::event_type::Event;
use crate::source::shape::PayloadShape;
use crate::testing::block_on;
use crate::{Context, Error};

/// Sends a status to a server with these answers, and returns the result and the number of requests.
fn send(answers: Vec<FakeResponse>, status: Status) -> (Result<(), Error>, FakeAws) {
    let server = FakeAws::script(answers);
    let address = Address { url: format!("{}/", server.url), region: "eu-west-1".to_owned() };
    let keys = Keys {
        access_key: "key".to_owned(),
        secret_key: "secret".to_owned(),
        session_token: Some("token".to_owned()),
    };
    let credentials = AwsCredentials::new(CredentialSource::Keys(keys));
    let hook = DeploymentHook::new("d-1", "e-1");
    let context = Context::new("request-1").with_remaining(Duration::from_secs(10));
    let sent = block_on(send_status(&hook, status, &address, &credentials, &context));
    (sent, server)
}

#[test]
fn the_status_is_a_signed_request() {
    for (status, text) in [(Status::Succeeded, "Succeeded"), (Status::Failed, "Failed")] {
        let (sent, server) = send(vec![FakeResponse::ok("{}")], status);
        sent.unwrap();
        let seen = server.seen();
        let [request] = seen.as_slice() else { panic!("{seen:?}") };
        assert_eq!(request.operation(), "PutLifecycleEventHookExecutionStatus");
        assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/"));
        assert_eq!(request.header("content-type"), Some("application/x-amz-json-1.1"));
        assert_eq!(request.header("x-amz-security-token"), Some("token"));
        let signature = request.header("authorization").unwrap();
        assert!(signature.contains("/eu-west-1/codedeploy/aws4_request"), "{signature}");
        assert!(signature.contains("content-type;host;x-amz-date"), "{signature}");
        let body = json!({ "deploymentId": "d-1", "lifecycleEventHookExecutionId": "e-1", "status": text });
        assert_eq!(request.json(), body);
    }
}

#[test]
fn a_failure_that_passes_is_tried_again() {
    for first in [
        FakeResponse(503, Vec::new(), String::new()),
        FakeResponse::refusal(400, "ThrottlingException", "slow down"),
    ] {
        let (sent, server) = send(vec![first, FakeResponse::ok("{}")], Status::Succeeded);
        sent.unwrap();
        assert_eq!(server.seen().len(), 2);
    }
}

#[test]
fn a_status_that_codedeploy_has_already_is_sent() {
    let code = "com.amazonaws.codedeploy#LifecycleEventAlreadyCompletedException";
    let (sent, server) = send(vec![FakeResponse::refusal(400, code, "already")], Status::Succeeded);
    sent.unwrap();
    assert_eq!(server.seen().len(), 1);
}

#[test]
fn a_refusal_is_an_error_with_its_code() {
    let code = "InvalidLifecycleEventHookExecutionIdException";
    for (answer, why) in [
        (FakeResponse::refusal(400, code, "no such call"), code),
        (FakeResponse(400, Vec::new(), "not JSON".to_owned()), "status 400"),
        (FakeResponse(403, Vec::new(), String::new()), "status 403"),
    ] {
        let (sent, server) = send(vec![answer], Status::Failed);
        let error = sent.unwrap_err();
        assert_eq!((error.name(), server.seen().len()), ("AnswerNotDelivered", 1));
        let message = format!("CodeDeploy did not get the answer: {why}, after 1 try");
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn the_address_is_that_of_the_region_or_of_the_environment() {
    let none = Endpoints(|_| None);
    let url = find_url(none, "eu-west-1").unwrap();
    assert_eq!(url, "https://codedeploy.eu-west-1.amazonaws.com/");
    let url = find_url(none, "cn-north-1").unwrap();
    assert_eq!(url, "https://codedeploy.cn-north-1.amazonaws.com.cn/");
    let one = Endpoints(|name| {
        (name == "AWS_ENDPOINT_URL_CODEDEPLOY").then(|| "http://localhost:1".to_owned())
    });
    assert_eq!(find_url(one, "eu-west-1").unwrap(), "http://localhost:1");
    let all =
        Endpoints(|name| (name == "AWS_ENDPOINT_URL").then(|| "http://localhost:2".to_owned()));
    assert_eq!(find_url(all, "eu-west-1").unwrap(), "http://localhost:2");
}

#[test]
fn an_event_is_recognised_by_both_ids() {
    let recognised = |payload: &str| {
        let shape: PayloadShape<'_> = serde_json::from_str(payload).unwrap();
        DeploymentHook::recognises(&shape)
    };
    assert!(recognised(r#"{"DeploymentId":"d-1","LifecycleEventHookExecutionId":"e"}"#));
    assert!(!recognised(r#"{"DeploymentId":"d-1"}"#));
    assert!(!recognised("{}"));
}
