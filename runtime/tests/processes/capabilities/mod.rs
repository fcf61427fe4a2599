//! Functions with capabilities, from the start of their process to the requests to AWS: in Lambda and on the
//! local host.

mod entries;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::json;
use skylift::__private::AppEntry;

use crate::aws::Aws;
use crate::process::Process;
use crate::runtime_api::{Next, Post, RuntimeApi, Seen};

/// The application of these tests.
pub(crate) const APP: AppEntry = AppEntry {
    package: "mail",
    binary: "mail",
    handlers: entries::MAIL,
    variables: &[],
    cors: None,
};

type Environment<'a> = &'a [(&'a str, &'a str)];

const CREDENTIALS: [(&str, &str); 3] = [
    ("AWS_REGION", "eu-central-1"),
    ("AWS_ACCESS_KEY_ID", "key"),
    ("AWS_SECRET_ACCESS_KEY", "hidden"),
];

const QUEUE: (&str, &str) = ("LETTERS_QUEUE_URL", "http://sqs/letters");

/// Runs a function in Lambda with one event, and returns what it posts.
fn lambda(handler: &str, event: &str, environment: Environment<'_>) -> Post {
    let api = RuntimeApi::start(vec![Next::event(event)], Vec::new());
    let lambda = [("AWS_LAMBDA_RUNTIME_API", api.address.as_str()), ("_HANDLER", handler)];
    let _process = Process::start("mail", &[&lambda, environment].concat());
    loop {
        match api.seen.recv_timeout(Duration::from_secs(20)).unwrap() {
            Seen::Post(post) => return post,
            Seen::Next(..) | Seen::Extension(_) => {}
            Seen::Done => panic!("nothing was posted"),
        }
    }
}

fn init_error(handler: &str, environment: Environment<'_>) -> (String, String) {
    let post = lambda(handler, "{}", environment);
    assert_eq!(post.path, "/2018-06-01/runtime/init/error");
    let body = post.json();
    let text = |name: &str| body[name].as_str().unwrap().to_owned();
    (text("errorType"), text("errorMessage"))
}

#[test]
fn a_message_that_a_handler_sends_reaches_the_queue() {
    let aws = Aws::start();
    let environment = [&CREDENTIALS[..], &[QUEUE, ("AWS_ENDPOINT_URL", &aws.url)]].concat();
    let post = lambda("send", r#""hello""#, &environment);
    assert!(post.path.ends_with("/response"), "{}", String::from_utf8_lossy(&post.body));
    let expected = json!({ "QueueUrl": "http://sqs/letters", "MessageBody": "\"hello\"" });
    assert_eq!(aws.bodies(), [expected]);
}

#[test]
fn the_endpoint_of_a_service_takes_precedence_over_the_common_one() {
    let (aws, other) = (Aws::start(), Aws::start());
    let endpoints = [("AWS_ENDPOINT_URL", &*other.url), ("AWS_ENDPOINT_URL_SQS", &*aws.url)];
    lambda("send", "1", &[&CREDENTIALS[..], &[QUEUE], &endpoints].concat());
    assert_eq!((aws.bodies().len(), other.bodies().len()), (1, 0));
}

#[test]
fn a_client_of_the_user_has_the_configuration_of_the_typed_clients() {
    let aws = Aws::start();
    let environment = [&CREDENTIALS[..], &[("AWS_ENDPOINT_URL", &aws.url)]].concat();
    let post = lambda("own_client", "1", &environment);
    assert!(post.path.ends_with("/response"), "{}", String::from_utf8_lossy(&post.body));
    assert_eq!(aws.bodies()[0]["MessageBody"], "1");
    let post = lambda("own_client", "1", &[]);
    assert!(post.path.ends_with("/error"), "{}", post.path);
    let message = post.json()["errorMessage"].to_string();
    assert!(message.contains("AWS_REGION"), "{message}");
}

#[test]
fn an_http_handler_takes_capabilities_as_extractors() {
    let aws = Aws::start();
    let request = json!({
        "version": "2.0", "routeKey": "POST /letters", "rawPath": "/letters", "body": "by hand",
        "requestContext": { "http": { "method": "POST" }, "stage": "$default" },
    });
    let environment = [&CREDENTIALS[..], &[QUEUE, ("AWS_ENDPOINT_URL", &aws.url)]].concat();
    assert_eq!(lambda("post", &request.to_string(), &environment).json()["statusCode"], 200);
    assert_eq!(aws.bodies()[0]["MessageBody"], "\"by hand\"");
}

#[test]
fn a_function_without_a_capability_starts_without_credentials() {
    let post = lambda("plain", "7", &[]);
    assert_eq!((post.path.ends_with("/response"), post.json()), (true, json!(7)));
}

#[test]
fn a_missing_variable_fails_the_start() {
    for environment in [&[][..], &[("LETTERS_QUEUE_URL", "")]] {
        let (name, message) = init_error("send", environment);
        assert_eq!(name, "MissingVariable");
        let start = "`send` cannot open the queue `Letters`: `LETTERS_QUEUE_URL` is not set; help:";
        assert!(message.starts_with(start), "{message}");
    }
}

#[test]
fn missing_credentials_fail_the_start() {
    let (name, message) = init_error("send", &[QUEUE, CREDENTIALS[0]]);
    assert_eq!(name, "MissingCredentials");
    assert!(message.contains("`eval \"$(aws configure export-credentials --format env)\"`"));
}

#[test]
fn an_endpoint_that_is_not_an_address_fails_the_start_and_names_its_variable() {
    for name in ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_SQS"] {
        let environment = [&CREDENTIALS[..], &[QUEUE, (name, "not a url")]].concat();
        let (error_type, message) = init_error("send", &environment);
        assert_eq!(error_type, "InvalidEndpoint");
        assert!(message.contains(&format!("`{name}` is `not a url`, which is not")), "{message}");
    }
    // The function does not use this service.
    let aws = Aws::start();
    let other = [("AWS_ENDPOINT_URL", &*aws.url), ("AWS_ENDPOINT_URL_SNS", "not a url")];
    let environment = [&CREDENTIALS[..], &[QUEUE], &other].concat();
    assert!(lambda("send", "1", &environment).path.ends_with("/response"));
}

#[test]
fn credentials_are_fetched_where_the_environment_has_their_address() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let uri = format!("http://{}/credentials", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4096]);
            let body = r#"{"AccessKeyId":"k","SecretAccessKey":"s","Token":"t"}"#;
            let length = body.len();
            write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{body}").unwrap();
        }
    });
    let aws = Aws::start();
    let environment = [
        CREDENTIALS[0],
        QUEUE,
        ("AWS_ENDPOINT_URL", &aws.url),
        ("AWS_CONTAINER_CREDENTIALS_FULL_URI", &uri),
        ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "token"),
    ];
    let post = lambda("send", "1", &environment);
    assert!(post.path.ends_with("/response"), "{}", String::from_utf8_lossy(&post.body));
    assert_eq!(aws.bodies().len(), 1);
}

#[test]
fn a_capability_inside_another_type_fails_the_call() {
    let environment = [&CREDENTIALS[..], &[QUEUE]].concat();
    let request = json!({
        "version": "2.0", "routeKey": "POST /hidden", "rawPath": "/hidden",
        "requestContext": { "http": { "method": "POST" }, "stage": "$default" },
    });
    assert_eq!(lambda("hidden", &request.to_string(), &environment).json()["statusCode"], 500);
}

#[test]
fn on_the_local_host_a_function_that_cannot_start_does_not_stop_others() {
    let mut process = Process::start("mail", &[("SKYLIFT_PORT", "0")]);
    let mut listing = String::new();
    for line in BufReader::new(process.0.stdout.take().unwrap()).lines() {
        listing.extend([line.unwrap().as_str(), "\n"]);
        if listing.contains("--payload") {
            break;
        }
    }
    let fails = "fails: MissingVariable: `send` cannot open the queue `Letters`:";
    assert!(listing.contains(fails), "{listing}");
    assert_eq!(listing.matches("  export LETTERS_QUEUE_URL='' # queue Letters\n").count(), 1);
    let address = listing.split("http://").nth(1).unwrap().split(' ').next().unwrap();
    let ask = |path: &str, body: &str| {
        let mut stream = TcpStream::connect(address).unwrap();
        let length = body.len();
        let head = "host: localhost\r\nconnection: close";
        let request =
            format!("POST {path} HTTP/1.1\r\n{head}\r\ncontent-length: {length}\r\n\r\n{body}");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    let invoke = |name: &str| ask(&format!("/2015-03-31/functions/{name}/invocations"), "7");
    assert!(invoke("Plain").ends_with("\r\n\r\n7"));
    for _ in 0..2 {
        let answer = invoke("Send");
        assert!(answer.contains("x-amz-function-error: Unhandled"), "{answer}");
        assert!(answer.contains("`send` cannot open the queue `Letters`"), "{answer}");
    }
    assert!(ask("/letters", "x").starts_with("HTTP/1.1 500"));
    assert!(process.stderr().contains("`post` cannot open the queue `Letters`"));
}
