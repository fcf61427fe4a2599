//! Tests of the local host: outside Lambda, the binary of an example is a server. Takes the built binary. Gives the
//! responses to `aws lambda invoke` and to an HTTP client.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::{Value, json};
use skylift_tests::http;
use skylift_tests::program::Program;

use crate::example::{self, Example};
use crate::stack::Stack;
use crate::{payloads, toolbox};

/// The binary of an example as a local server, on its own port.
struct Local {
    port: u16,
    server: Program,
}

impl Local {
    fn start(example: &Example) -> Self {
        Self::start_with_environment(example, &BTreeMap::new())
    }

    fn start_with_environment(example: &Example, environment: &BTreeMap<String, String>) -> Self {
        let bootstrap = example.folder.join("code/bootstrap");
        let mut command = Command::new(bootstrap);
        let mut server = Program::start(command.envs(environment).env("SKYLIFT_PORT", "0"));
        Self { port: server.wait_for_port(), server }
    }

    /// Invokes a function. Returns the report of the AWS CLI and the payload of the response.
    fn invoke(&self, function: &str, payload: &Value) -> (Value, Value) {
        let folder = tempfile::tempdir().unwrap();
        let (input, output) = (folder.path().join("in.json"), folder.path().join("out.json"));
        std::fs::write(&input, payload.to_string()).unwrap();
        let report = toolbox::tool("aws")
            .args(["--endpoint-url", &format!("http://localhost:{}", self.port)])
            .args(["lambda", "invoke", "--output", "json", "--function-name", function])
            .args(["--payload", &format!("fileb://{}", input.display())])
            .arg(&output)
            .json();
        let answer = std::fs::read(&output).unwrap();
        (report, serde_json::from_slice(&answer).unwrap())
    }
}

#[test]
fn the_aws_cli_invokes_a_function_of_the_local_server() {
    let local = Local::start(example::get_example("quickstart"));
    let (report, answer) = local.invoke("Thumbnail", &payloads::s3_event());
    assert_eq!(report["StatusCode"], 200, "{report}");
    assert_eq!(report["FunctionError"], Value::Null, "{report}");
    assert_eq!(answer, Value::Null);
}

#[test]
fn the_aws_cli_sees_the_error_of_a_function_of_the_local_server() {
    let local = Local::start(example::get_example("quickstart"));
    let (report, answer) = local.invoke("Thumbnail", &Value::from("no event"));
    assert_eq!(report["FunctionError"], "Unhandled", "{report}");
    assert!(answer["errorMessage"].is_string(), "{answer}");
}

#[test]
fn the_local_server_of_orders_serves_its_routes() {
    let local = Local::start(example::get_example("orders"));
    assert_eq!(http::get(local.port, "/prices").json()["cents"]["tea"], 450);
    assert_eq!(http::get(local.port, "/prices/coffee").json(), 600);
    assert_eq!(http::get(local.port, "/prices/cake").status, 404);
    assert_eq!(http::get(local.port, "/nowhere").status, 404);
}

#[test]
fn a_local_function_without_its_resources_fails_and_the_others_work() {
    let local = Local::start(example::get_example("orders"));
    let (report, answer) = local.invoke("Find", &json!({}));
    assert_eq!(report["FunctionError"], "Unhandled", "{report}");
    assert_eq!(answer["errorType"], "MissingVariable", "{answer}");
    assert_eq!(http::get(local.port, "/orders/1").status, 500);
    assert_eq!(http::get(local.port, "/prices/coffee").json(), 600);
}

#[test]
fn orders_works_locally_with_an_imitation_of_aws() {
    let stack = Stack::deploy(example::get_example("orders"));
    let mut environment = stack.moto.settings();
    for id in ["Place", "Find", "Pack"] {
        environment.extend(stack.environment(id));
    }
    let local = Local::start_with_environment(example::get_example("orders"), &environment);
    let wish = json!({ "item": "tea", "count": 2 }).to_string();
    let place = |key| {
        http::post_with_header(local.port, "/orders", ("Idempotency-Key", key), wish.as_bytes())
    };
    let answer = place("k1");
    let order = answer.json();
    assert_eq!(order["total"], 900, "{order}");
    let again = place("k1");
    assert_eq!((again.status, again.json()), (answer.status, order.clone()), "ordered once");
    assert_ne!(place("k2").json()["id"], order["id"]);
    assert_eq!(http::post(local.port, "/orders", wish.as_bytes()).status, 400);
    let path = format!("/orders/{}", order["id"].as_str().unwrap());
    assert_eq!(http::get(local.port, &path).json()["state"], "placed");
    let bodies = [json!({ "order": order["id"] }), json!({ "order": "none" })];
    let (report, answer) = local.invoke("Pack", &payloads::sqs_event(&bodies));
    assert_eq!(report["FunctionError"], Value::Null, "{report}");
    assert_eq!(answer, json!({ "batchItemFailures": [{ "itemIdentifier": "m1" }] }));
    assert_eq!(http::get(local.port, &path).json()["state"], "packed");
}

#[test]
fn ctrl_c_ends_the_local_server_successfully() {
    for example in example::all_examples() {
        // A client that an example makes when it starts needs a region and credentials.
        let environment = [
            ("AWS_REGION", "eu-west-1"),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
        ];
        let environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let status = Local::start_with_environment(example, &environment.into()).server.interrupt();
        assert!(status.success(), "`{}` ends with {status}", example.name);
    }
}
