//! `aws lambda invoke` against the server that an example's binary is outside Lambda. Takes the
//! binary as `cargo build` leaves it, gives what the AWS CLI and an HTTP client get from it.

use std::process::Command;

use serde_json::{Value, json};
use skylift_tests::http;
use skylift_tests::program::Program;

use crate::example::{self, Example};
use crate::{payloads, toolbox};

/// An example's binary as `cargo run` starts it, on a port of its own.
struct Local {
    port: u16,
    server: Program,
}

impl Local {
    fn start(example: &Example) -> Self {
        let bootstrap = example.folder.join("code/bootstrap");
        let mut server = Program::start(Command::new(bootstrap).env("SKYLIFT_PORT", "0"));
        Self { port: server.port(), server }
    }

    /// What the AWS CLI reports of an invocation, and the payload that came back.
    fn invoke(&self, function: &str, payload: &Value) -> (Value, Value) {
        let folder = tempfile::tempdir().unwrap();
        let (input, output) = (folder.path().join("in.json"), folder.path().join("out.json"));
        std::fs::write(&input, payload.to_string()).unwrap();
        let report = toolbox::json(
            toolbox::tool("aws")
                .args(["--endpoint-url", &format!("http://localhost:{}", self.port)])
                .args(["lambda", "invoke", "--output", "json", "--function-name", function])
                .args(["--payload", &format!("fileb://{}", input.display())])
                .arg(&output),
        );
        let answer = std::fs::read(&output).unwrap();
        (report, serde_json::from_slice(&answer).unwrap())
    }
}

#[test]
fn the_aws_cli_invokes_a_function_of_the_local_server() {
    let local = Local::start(example::named("quickstart"));
    let (report, answer) = local.invoke("Thumbnail", &payloads::s3());
    assert_eq!(report["StatusCode"], 200, "{report}");
    assert_eq!(report["FunctionError"], Value::Null, "{report}");
    assert_eq!(answer, Value::Null);
}

#[test]
fn the_aws_cli_sees_the_error_of_a_function_of_the_local_server() {
    let local = Local::start(example::named("quickstart"));
    let (report, answer) = local.invoke("Thumbnail", &Value::from("no event"));
    assert_eq!(report["FunctionError"], "Unhandled", "{report}");
    assert!(answer["errorMessage"].is_string(), "{answer}");
}

#[test]
fn the_routes_of_orders_answer_over_http() {
    let local = Local::start(example::named("orders"));
    assert_eq!(http::get(local.port, "/prices").json()["cents"]["tea"], 450);
    assert_eq!(http::get(local.port, "/prices/coffee").json(), 600);
    assert_eq!(http::get(local.port, "/prices/cake").status, 404);
    let order = json!({ "item": "tea", "count": 2 }).to_string();
    assert_eq!(http::post(local.port, "/orders", order.as_bytes()).json()["total"], 900);
    assert_eq!(http::get(local.port, "/nowhere").status, 404);
}

#[test]
fn the_aws_cli_invokes_the_worker_of_orders_with_a_batch() {
    let local = Local::start(example::named("orders"));
    let bodies = [json!({ "item": "tea", "count": 1 }), json!({ "item": "cake", "count": 1 })];
    let (report, answer) = local.invoke("Pack", &payloads::sqs(&bodies));
    assert_eq!(report["FunctionError"], Value::Null, "{report}");
    assert_eq!(answer, json!({ "batchItemFailures": [{ "itemIdentifier": "m1" }] }));
}

#[test]
fn ctrl_c_ends_the_local_server_without_an_error() {
    for example in example::all() {
        let status = Local::start(example).server.interrupt();
        assert!(status.success(), "`{}` ends with {status}", example.name);
    }
}
