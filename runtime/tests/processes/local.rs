//! The binary of an application on the local host: it is started, called by plain HTTP as AWS's clients call
//! it, and stopped.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use crate::process::Process;

pub(crate) struct Host {
    process: Process,
    address: String,
    pub(crate) listing: String,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

impl Host {
    fn start() -> Self {
        Self::start_app("shop", &[])
    }

    pub(crate) fn start_app(app: &str, variables: &[(&str, &str)]) -> Self {
        let mut process = Process::start(app, &[&[("SKYLIFT_PORT", "0")], variables].concat());
        let mut lines = BufReader::new(process.0.stdout.take().unwrap()).lines();
        let mut listing = String::new();
        for line in lines.by_ref() {
            let line = line.unwrap();
            listing.extend([line.as_str(), "\n"]);
            if line.contains("--payload") {
                break;
            }
        }
        let address = listing.split("http://").nth(1).unwrap().split(' ').next().unwrap();
        Self { process, address: address.to_owned(), listing }
    }

    pub(crate) fn send(&self, head: &str, headers: &str, body: &str) -> Answer {
        self.send_as("localhost", head, headers, body)
    }

    fn send_as(&self, host: &str, head: &str, headers: &str, body: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let length = body.len();
        let request = format!(
            "{head} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {length}\r\n\
             {headers}\r\n{body}"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    fn invoke(&self, name: &str, headers: &str, body: &str) -> Answer {
        self.send(&format!("POST /2015-03-31/functions/{name}/invocations"), headers, body)
    }
}

#[test]
fn the_listing_names_the_routes_and_every_function() {
    let host = Host::start();
    assert!(host.listing.contains("  GET /orders/{id}  Show\n"), "{}", host.listing);
    assert!(host.listing.contains("  $default          Fallback\n"), "{}", host.listing);
    let path = "POST /2015-03-31/functions/Work/invocations";
    assert!(host.listing.contains(path), "{}", host.listing);
}

#[test]
fn a_function_is_invoked_by_name_id_or_arn() {
    let host = Host::start();
    for name in ["echo", "Echo", "arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Aecho"]
    {
        let answer = host.invoke(name, "", r#"{"a":1}"#);
        assert_eq!((answer.status, answer.body.as_str()), (200, r#"{"a":1}"#), "{name}");
        assert_eq!(answer.header("x-amz-executed-version"), Some("$LATEST"));
        assert_eq!(answer.header("x-amzn-requestid").map(str::len), Some(36));
        assert_eq!(answer.header("x-amz-function-error"), None);
    }
    assert_eq!(host.invoke("echo", "", "").body, "{}");
}

#[test]
fn the_context_has_the_data_of_the_call() {
    let host = Host::start();
    // {"custom":1}
    let answer = host.invoke("whoami", "x-amz-client-context: eyJjdXN0b20iOjF9\r\n", "{}").json();
    assert_eq!(answer["arn"], "arn:aws:lambda:us-east-1:000000000000:function:Whoami");
    assert_eq!(answer["name"], "Whoami");
    assert_eq!(answer["custom"], json!({ "custom": 1 }));
    assert_eq!(answer["in_time"], true);
}

#[test]
fn a_failed_function_is_a_200_with_an_error_as_in_lambda() {
    let host = Host::start();
    for (name, error_type) in [("fail", "SoldOut"), ("panic", "Panic"), ("order", "InvalidPayload")]
    {
        let answer = host.invoke(name, "", "{}");
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("x-amz-function-error"), Some("Unhandled"));
        assert_eq!(answer.json()["errorType"], error_type);
    }
}

#[test]
fn the_invocation_types_work_as_in_lambda() {
    let host = Host::start();
    let answer = host.invoke("fail", "x-amz-invocation-type: Event\r\n", "{}");
    assert_eq!((answer.status, answer.body.as_str()), (202, ""));
    let answer = host.invoke("fail", "x-amz-invocation-type: DryRun\r\n", "{}");
    assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    let answer = host.invoke("fail", "x-amz-invocation-type: Later\r\n", "{}");
    assert_eq!(answer.status, 400);
    assert_eq!(answer.header("x-amzn-errortype"), Some("InvalidParameterValueException"));
    // The event was handled, and its failure is in the log once: the dry run called nothing.
    let log = host.process.stderr();
    assert_eq!(log.matches("failed: SoldOut: none left").count(), 1, "{log}");
}

#[test]
fn an_unknown_function_is_a_404_that_the_clients_of_aws_understand() {
    let host = Host::start();
    let answer = host.invoke("nope", "", "{}");
    assert_eq!(answer.status, 404);
    assert_eq!(answer.header("x-amzn-errortype"), Some("ResourceNotFoundException"));
    assert_eq!(
        answer.json()["Message"],
        "Function not found: arn:aws:lambda:us-east-1:000000000000:function:nope"
    );
}

#[test]
fn an_event_that_is_not_json_is_refused() {
    let host = Host::start();
    let answer = host.invoke("echo", "", "{");
    assert_eq!(answer.status, 400);
    assert_eq!(answer.header("x-amzn-errortype"), Some("InvalidRequestContentException"));
    let message = answer.json()["Message"].as_str().unwrap().to_owned();
    assert!(message.starts_with("Could not parse request body into json: "), "{message}");
}

#[test]
fn a_function_that_takes_too_long_is_stopped_as_in_lambda() {
    let host = Host::start();
    let answer = host.invoke("slow", "", "{}").json();
    assert_eq!(answer["errorType"], "TimedOut");
    let message = answer["errorMessage"].as_str().unwrap();
    assert!(message.contains("20 ms before the function's timeout"), "{message}");
}

#[test]
fn requests_are_routed_as_by_api_gateway() {
    let host = Host::start();
    let answer = host.send("GET /orders/7", "", "");
    assert_eq!((answer.status, answer.body.as_str()), (200, r#"["closed","7"]"#));
    assert_eq!(host.send("GET /orders/0", "", "").status, 410);
    let answer = host.send("PUT /orders/7?a=b", "", "");
    assert_eq!((answer.status, answer.body.as_str()), (200, "/orders/7?a=b"));
    let answer = host.send("GET /orders/panic", "", "");
    assert_eq!(answer.status, 500);
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(body["message"], "Internal Server Error");
    let cause = body["cause"].as_str().unwrap();
    assert!(cause.starts_with("Panic: no such order, at "), "{cause}");
}

/// API Gateway decodes the path before it chooses the route.
#[test]
fn an_encoded_slash_separates_segments() {
    let host = Host::start();
    assert_eq!(host.send("GET /orders%2F7", "", "").body, r#"["closed","7"]"#);
    assert_eq!(host.send("GET /orders/7%252F8", "", "").body, r#"["closed","7%2F8"]"#);
    assert_eq!(host.send("GET /orders/7%2F8", "", "").body, "/orders/7/8");
}

#[test]
fn requests_to_names_of_this_machine_and_from_its_own_pages_are_accepted() {
    let host = Host::start();
    for name in ["localhost:9000", "127.0.0.1", "[::1]:9000"] {
        let origin = format!("origin: http://{name}\r\n");
        assert_eq!(host.send_as(name, "GET /orders/7", &origin, "").status, 200, "{name}");
    }
    assert_eq!(host.send_as(&host.address, "GET /orders/7", "", "").status, 200);
}

#[test]
fn a_web_page_of_another_host_runs_no_handler() {
    let host = Host::start();
    let invoke = "POST /2015-03-31/functions/fail/invocations";
    for head in ["GET /orders/panic", invoke] {
        for (name, headers, what) in [
            ("evil.example", "", "`Host: evil.example`"),
            ("localhost", "origin: https://evil.example\r\n", "`Origin: https://evil.example`"),
            ("localhost", "origin: null\r\n", "`Origin: null`"),
        ] {
            let answer = host.send_as(name, head, headers, "{}");
            assert_eq!(answer.status, 403, "{head} {what}");
            assert_eq!(answer.header("content-type"), Some("application/json"));
            assert_eq!(answer.header("x-amzn-errortype"), Some("AccessDeniedException"));
            let message = answer.json()["message"].as_str().unwrap().to_owned();
            assert!(message.contains(what) && message.contains("help: "), "{message}");
        }
    }
    let log = host.process.stderr();
    assert!(!log.contains("failed"), "{log}");
}

#[test]
fn a_signal_stops_the_host_cleanly() {
    for signal in ["-TERM", "-INT"] {
        let mut host = Host::start();
        let id = host.process.0.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        assert_eq!(host.process.wait().code(), Some(0));
    }
}

#[test]
fn a_port_that_is_taken_or_invalid_ends_the_process_with_help() {
    let host = Host::start();
    let port = host.address.rsplit(':').next().unwrap();
    for (port, word) in [(port, "cannot listen on 127.0.0.1:"), ("http", "which is not a port")] {
        let mut process = Process::start("shop", &[("SKYLIFT_PORT", port)]);
        assert_eq!(process.wait().code(), Some(1));
        let log = process.stderr();
        assert!(log.contains(word) && log.contains("help: "), "{log}");
    }
}

#[test]
fn a_start_that_fails_ends_the_process_with_the_cause() {
    let mut process = Process::start("torn", &[("SKYLIFT_PORT", "0")]);
    assert_eq!(process.wait().code(), Some(1));
    assert!(process.stderr().contains("the template has the function `gone`"));
}

/// The function with this name answers at a host of its own.
fn get(host: &Host, name: &str, path: &str) -> Answer {
    host.send_as(&format!("{name}.localhost"), &format!("GET {path}"), "", "")
}

#[test]
fn the_url_of_a_function_streams_at_a_host_name_of_its_own() {
    let host = Host::start_app("site", &[]);
    let port = host.address.rsplit(':').next().unwrap();
    let urls = format!("Function URLs\n  http://live.localhost:{port}  Live\n");
    assert!(host.listing.contains(&urls), "{}", host.listing);
    let mut stream = TcpStream::connect(&host.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream.write_all(b"GET /text/two HTTP/1.1\r\nhost: LIVE.localhost\r\n\r\n").unwrap();
    let mut read = Vec::new();
    while !read.ends_with(b"one \r\n") {
        let mut bytes = [0; 1024];
        let count = stream.read(&mut bytes).unwrap();
        read.extend_from_slice(&bytes[..count]);
    }
    let begun = std::time::Instant::now();
    let head = String::from_utf8(read).unwrap();
    assert!(head.starts_with("HTTP/1.1 201 Created\r\n"), "{head}");
    assert!(head.contains("content-type: text/plain\r\n"), "{head}");
    assert!(head.contains("set-cookie: a=1\r\n"), "{head}");
    let mut end = [0; 13];
    stream.read_exact(&mut end).unwrap();
    assert_eq!(&end, b"3\r\ntwo\r\n0\r\n\r\n");
    let gap = begun.elapsed();
    assert!(gap >= Duration::from_millis(150), "the first part waited for the second: {gap:?}");
}

#[test]
fn a_streamed_body_that_fails_breaks_off_at_the_client() {
    let host = Host::start_app("site", &[]);
    for path in ["/text/fail", "/text/panic"] {
        let answer = get(&host, "live", path);
        assert_eq!((answer.status, answer.body.as_str()), (201, "4\r\none \r\n"), "{path}");
    }
    let answer = get(&host, "live", "/text/none");
    assert!(answer.status == 500 && answer.body.contains("NoPaper: nothing to write on"));
    assert_eq!(get(&host, "live", "/elsewhere").status, 404);
}

#[test]
fn each_url_has_its_host_and_a_url_that_does_not_stream_is_collected() {
    let host = Host::start_app("site", &[]);
    let whole = get(&host, "whole", "/text/two");
    assert_eq!((whole.status, whole.body.as_str()), (201, "one two"));
    assert_eq!(whole.header("content-length"), Some("7"));
    let large = get(&host, "whole", "/text/large");
    assert!(large.status == 500 && large.body.contains("ResponseTooLarge"), "{}", large.body);
    assert_eq!(get(&host, "other", "/text/two").status, 403);
    let first = host.send("GET /text/two", "", "");
    assert_eq!((first.status, first.header("transfer-encoding")), (201, Some("chunked")));
    let invoked =
        host.send_as("live.localhost", "POST /2015-03-31/functions/Live/invocations", "", "{}");
    assert_eq!(invoked.status, 403);
}
