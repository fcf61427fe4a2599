//! The packaged binaries under AWS's own Runtime Interface Emulator. Takes the `bootstrap` out of the
//! uploaded zip and AWS's example payloads, gives what Lambda would answer, one request at a time.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};
use skylift_tests::http::{self, Response};
use skylift_tests::program::Program;

use crate::{example, package, payloads, toolbox};

/// One function as Lambda runs it.
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
            toolbox::emulator()
                .args(["--runtime-interface-emulator-address", &address(port)])
                .args(["--runtime-api-address", &address(runtime_port)])
                .arg(bootstrap)
                .env("AWS_LAMBDA_FUNCTION_TIMEOUT", "10")
                .envs(environment)
                .env("AWS_LAMBDA_FUNCTION_HANDLER", handler)
                .env("AWS_LAMBDA_FUNCTION_NAME", handler),
        );
        // It prints no line when it is ready to listen.
        emulator.until(|_| std::net::TcpStream::connect(("127.0.0.1", port)).ok());
        Self { port, emulator }
    }

    /// What it and the emulator have printed.
    pub(crate) fn log(&self) -> String {
        self.emulator.log()
    }

    pub(crate) fn invoke(&self, payload: &Value) -> Value {
        let answer = self.attempt(payload);
        assert_eq!(answer.status, 200, "{}\n{}", answer.text(), self.emulator.log());
        answer.json()
    }

    /// What comes back, also where the function does not start.
    pub(crate) fn attempt(&self, payload: &Value) -> Response {
        let path = "/2015-03-31/functions/function/invocations";
        http::post(self.port, path, payload.to_string().as_bytes())
    }
}

/// A function of an example, by its logical id, out of the uploaded zip.
fn function(example: &str, id: &str) -> Function {
    let example = example::named(example);
    let handler = example.function(id)["Handler"].as_str().unwrap().to_owned();
    Function::start(&package::of(example).upload().1.bootstrap, &handler, &BTreeMap::new())
}

#[test]
fn quickstart_takes_an_s3_event_and_a_tick() {
    let function = function("quickstart", "Thumbnail");
    assert_eq!(function.invoke(&payloads::s3()), Value::Null);
    assert_eq!(function.invoke(&payloads::schedule()), Value::Null);
    assert_eq!(function.invoke(&payloads::s3()), Value::Null, "a tick leaves it ready for more");
}

#[test]
fn what_no_trigger_delivers_is_an_error_of_that_invocation_alone() {
    let function = function("quickstart", "Thumbnail");
    let answer = function.invoke(&json!({ "Records": 1 }));
    assert!(answer["errorMessage"].is_string(), "{answer}");
    assert!(answer["errorType"].is_string(), "{answer}");
    assert_eq!(function.invoke(&payloads::s3()), Value::Null);
}

#[test]
fn orders_answers_http_requests() {
    let list = function("orders", "List");
    let answer = list.invoke(&payloads::http("GET", "/prices", "/prices", None));
    assert_eq!(answer["statusCode"], 200, "{answer}");
    assert_eq!(body(&answer)["cents"]["tea"], 450, "{answer}");
    assert_eq!(list.invoke(&example::named("orders").keep_warm_tick("List")), Value::Null);

    let show = function("orders", "Show");
    let answer = show.invoke(&payloads::http("GET", "/prices/{item}", "/prices/coffee", None));
    assert_eq!(body(&answer), 600, "{answer}");
    let answer = show.invoke(&payloads::http("GET", "/prices/{item}", "/prices/cake", None));
    assert_eq!(answer["statusCode"], 404, "{answer}");
}

/// The JSON body of an answer to API Gateway.
pub(crate) fn body(answer: &Value) -> Value {
    let body = answer["body"].as_str().unwrap_or_else(|| panic!("no body: {answer}"));
    serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {answer}"))
}
