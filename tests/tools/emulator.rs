//! Runs packaged binaries under AWS's Runtime Interface Emulator. Takes the `bootstrap` from the uploaded zip and
//! AWS's example payloads. Gives the responses that Lambda would give, one request at a time.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use skylift_tests::http::{self, Response};
use skylift_tests::program::Program;

use crate::{example, package, payloads, toolbox};

/// One function, run by the emulator as Lambda would run it.
pub(crate) struct Function {
    port: u16,
    emulator: Program,
}

impl Function {
    pub(crate) fn start(
        bootstrap: &Path,
        handler: &str,
        environment: &BTreeMap<String, String>,
    ) -> Self {
        let (port, runtime_port) = (http::free_port(), http::free_port());
        let address = |port: u16| format!("127.0.0.1:{port}");
        let mut emulator = Program::start(
            toolbox::emulator_command()
                .args(["--runtime-interface-emulator-address", &address(port)])
                .args(["--runtime-api-address", &address(runtime_port)])
                .arg(bootstrap)
                .env("AWS_LAMBDA_FUNCTION_TIMEOUT", "10")
                .envs(environment)
                .env("AWS_LAMBDA_FUNCTION_HANDLER", handler)
                .env("AWS_LAMBDA_FUNCTION_NAME", handler),
        );
        // The emulator does not print when it is ready.
        emulator.wait_for(|_| std::net::TcpStream::connect(("127.0.0.1", port)).ok());
        Self { port, emulator }
    }

    /// Returns the output of the function and the emulator.
    pub(crate) fn log(&self) -> String {
        self.emulator.log()
    }

    pub(crate) fn invoke(&self, payload: &Value) -> Value {
        let answer = self.attempt(payload);
        assert_eq!(answer.status, 200, "{}\n{}", answer.text(), self.emulator.log());
        answer.json()
    }

    /// Invokes the function and returns the response, even if the function does not start.
    pub(crate) fn attempt(&self, payload: &Value) -> Response {
        let path = "/2015-03-31/functions/function/invocations";
        http::post(self.port, path, payload.to_string().as_bytes())
    }
}

/// Starts a function of an example from its uploaded zip. `id` is its logical id.
fn start_function(example: &str, id: &str) -> Function {
    let example = example::get_example(example);
    let handler = example.function(id)["Handler"].as_str().unwrap().to_owned();
    Function::start(
        &package::get_packaged(example).only_upload().1.bootstrap,
        &handler,
        &BTreeMap::new(),
    )
}

#[test]
fn quickstart_handles_an_s3_event_and_a_scheduled_event() {
    let function = start_function("quickstart", "Thumbnail");
    assert_eq!(function.invoke(&payloads::s3_event()), Value::Null);
    assert_eq!(function.invoke(&payloads::schedule_event()), Value::Null);
    assert_eq!(
        function.invoke(&payloads::s3_event()),
        Value::Null,
        "it works after a scheduled event"
    );
}

#[test]
fn an_unknown_payload_is_an_error_of_only_that_invocation() {
    let function = start_function("quickstart", "Thumbnail");
    let answer = function.invoke(&json!({ "Records": 1 }));
    assert!(answer["errorMessage"].is_string(), "{answer}");
    assert!(answer["errorType"].is_string(), "{answer}");
    assert_eq!(function.invoke(&payloads::s3_event()), Value::Null);
}

#[test]
fn orders_responds_to_http_requests() {
    let list = start_function("orders", "List");
    let answer = list.invoke(&payloads::http_request("GET", "/prices", "/prices", None));
    assert_eq!(answer["statusCode"], 200, "{answer}");
    assert_eq!(response_body(&answer)["cents"]["tea"], 450, "{answer}");
    assert_eq!(list.invoke(&example::get_example("orders").keep_warm_ping("List")), Value::Null);

    let show = start_function("orders", "Show");
    let answer =
        show.invoke(&payloads::http_request("GET", "/prices/{item}", "/prices/coffee", None));
    assert_eq!(response_body(&answer), 600, "{answer}");
    let answer =
        show.invoke(&payloads::http_request("GET", "/prices/{item}", "/prices/cake", None));
    assert_eq!(answer["statusCode"], 404, "{answer}");
}

/// Parses the JSON body of a response to API Gateway.
pub(crate) fn response_body(answer: &Value) -> Value {
    let body = answer["body"].as_str().unwrap_or_else(|| panic!("no body: {answer}"));
    serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {answer}"))
}
