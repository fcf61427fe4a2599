//! A function that resumes, from the start of its process to the messages of its queue: in Lambda and on the
//! local host.

mod entries;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::{Value, json};
use skylift::__private::AppEntry;

use crate::aws::Aws;
use crate::process::Process;
use crate::runtime_api::{Next, Post, RuntimeApi, Seen};

/// The application of these tests.
pub(crate) const APP: AppEntry = AppEntry {
    package: "counting",
    binary: "counting",
    handlers: entries::COUNTING,
    variables: &[],
    cors: None,
};

type Environment<'a> = &'a [(&'a str, &'a str)];

const CREDENTIALS: [(&str, &str); 3] = [
    ("AWS_REGION", "eu-central-1"),
    ("AWS_ACCESS_KEY_ID", "key"),
    ("AWS_SECRET_ACCESS_KEY", "hidden"),
];

const QUEUE: (&str, &str) = ("COUNT_RESUME_QUEUE_URL", "http://sqs/123456789012/count-resume.fifo");

/// Runs the function in Lambda with one event, that long before its deadline, and returns what it posts.
fn lambda(event: &str, remaining: Duration, environment: Environment<'_>) -> Post {
    let api = RuntimeApi::start(vec![Next::Within(remaining, event.into())], Vec::new());
    let lambda = [("AWS_LAMBDA_RUNTIME_API", api.address.as_str()), ("_HANDLER", "count")];
    let _process = Process::start("counting", &[&lambda, environment].concat());
    loop {
        match api.seen.recv_timeout(Duration::from_secs(20)).unwrap() {
            Seen::Post(post) => return post,
            Seen::Next(..) | Seen::Extension(_) => {}
            Seen::Done => panic!("nothing was posted"),
        }
    }
}

#[test]
fn in_lambda_work_is_handed_over_and_resumed_from_the_queue() {
    let aws = Aws::start();
    let environment = [&CREDENTIALS[..], &[QUEUE, ("AWS_ENDPOINT_URL", &aws.url)]].concat();
    let post = lambda("1000", Duration::from_secs(3), &environment);
    assert!(post.path.ends_with("/response"), "{}", post.json());
    assert_eq!(post.json(), json!({ "resumed": { "hop": 1, "messageId": "id" } }));
    let sent = aws.bodies();
    assert_eq!(sent[0]["QueueUrl"], QUEUE.1);
    let body = sent[0]["MessageBody"].as_str().unwrap();
    let mut hand_over: Value = serde_json::from_str(body).unwrap();
    let cursor = hand_over["cursor"].as_u64().unwrap();
    assert!(cursor > 1, "{hand_over}");
    assert_eq!((&hand_over["event"], &hand_over["request"]), (&json!(1000), &json!("request-1")));

    hand_over["event"] = json!(cursor + 2);
    let event = json!({ "Records": [{
        "messageId": "m1", "body": hand_over.to_string(), "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:eu-central-1:123456789012:count-resume.fifo",
    }] });
    let post = lambda(&event.to_string(), Duration::from_mins(1), &environment);
    assert_eq!(post.json(), json!({ "batchItemFailures": [] }));
    assert_eq!(aws.bodies().len(), 1);
}

#[test]
fn in_lambda_a_missing_queue_fails_the_start() {
    let post = lambda("3", Duration::from_mins(1), &CREDENTIALS);
    assert_eq!(post.path, "/2018-06-01/runtime/init/error");
    assert_eq!(post.json()["errorType"], "MissingVariable");
    let start =
        "`count` cannot open the queue `CountResume`: `COUNT_RESUME_QUEUE_URL` is not set; help:";
    assert!(post.json()["errorMessage"].as_str().unwrap().starts_with(start));
}

/// Invokes the function on the local host, and returns its response.
fn local(event: &str, environment: Environment<'_>) -> String {
    let mut process = Process::start("counting", &[&[("SKYLIFT_PORT", "0")], environment].concat());
    let mut listing = String::new();
    for line in BufReader::new(process.0.stdout.take().unwrap()).lines() {
        listing.extend([line.unwrap().as_str(), "\n"]);
        if listing.contains("--payload") {
            break;
        }
    }
    let address = listing.split("http://").nth(1).unwrap().split(' ').next().unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    let (path, length) = ("/2015-03-31/functions/Count/invocations", event.len());
    let head = "host: localhost\r\nconnection: close";
    let request =
        format!("POST {path} HTTP/1.1\r\n{head}\r\ncontent-length: {length}\r\n\r\n{event}");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.rsplit("\r\n\r\n").next().unwrap().to_owned()
}

#[test]
fn on_the_local_host_work_without_a_queue_continues_past_the_timeout() {
    // 15 parts of 100 ms each, in a function with a timeout of a second.
    assert_eq!(local("15", &[]), "15");
}

#[test]
fn on_the_local_host_work_with_a_queue_is_handed_over() {
    let aws = Aws::start();
    let environment = [&CREDENTIALS[..], &[QUEUE, ("AWS_ENDPOINT_URL", &aws.url)]].concat();
    assert_eq!(local("1000", &environment), r#"{"resumed":{"hop":1,"messageId":"id"}}"#);
    assert_eq!(aws.bodies().len(), 1);
}
