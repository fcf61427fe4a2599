//! Two invocations at once in one process: each has its own ids on its log lines and metrics.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::thread;

use serde_json::{Value, json};

use super::{JSON, ran};
use crate::process::Process;
use crate::runtime_api::Next;

#[test]
fn concurrent_invocations_on_the_local_host_do_not_mix() {
    let environment = [&[("SKYLIFT_PORT", "0")], &JSON[..]].concat();
    let mut process = Process::start("watched", &environment);
    let mut stdout = BufReader::new(process.0.stdout.take().unwrap());
    let mut listing = String::new();
    while !listing.contains("--payload") {
        assert_ne!(stdout.read_line(&mut listing).unwrap(), 0, "{listing}");
    }
    let address = listing.split("http://").nth(1).unwrap().split(' ').next().unwrap().to_owned();
    let calls = ["a", "b", "c"].map(|name| {
        let address = address.clone();
        thread::spawn(move || (name, invoke(&address, name)))
    });
    let ids = calls.map(|call| call.join().unwrap());
    let log = process.stderr();
    let mut written = String::new();
    stdout.read_to_string(&mut written).unwrap();
    check(&ran::objects(&log), &ran::objects(&written), &ids);
}

#[test]
fn concurrent_invocations_in_lambda_do_not_mix() {
    let event = |name: &'static str| {
        let job = json!({ "name": name, "then": "succeed", "takes": 500 }).to_string();
        Next::Event(job.into_bytes(), vec![("Lambda-Runtime-Aws-Request-Id", name)])
    };
    let environment = [&[("AWS_LAMBDA_MAX_CONCURRENCY", "3")], &JSON[..]].concat();
    let ran = ran::run("work", ["a", "b", "c"].map(event).to_vec(), &environment);
    let ids = ["a", "b", "c"].map(|name| (name, name.to_owned()));
    check(&ran.log(), &ran.metrics(), &ids);
}

/// Checks that each has its lines and metrics with its own id.
fn check(log: &[Value], metrics: &[Value], ids: &[(&str, String)]) {
    let lines_of = |lines: &[Value], name: &str| -> Vec<Value> {
        let own = lines.iter().filter(|line| line["job"] == name);
        own.map(|line| line["requestId"].clone()).collect()
    };
    for (name, id) in ids {
        // `begun` and `done`; `Begun`, `Done` and `Took`.
        assert_eq!(lines_of(log, name), vec![json!(id); 2], "{log:?}");
        assert_eq!(lines_of(metrics, name), vec![json!(id); 3], "{metrics:?}");
    }
    // They really ran at the same time: all started before the first finished.
    let messages = log.iter().filter_map(|line| line["message"].as_str());
    let order: Vec<&str> = messages.filter(|it| *it != "opened").collect();
    assert_eq!(order[..3], ["begun\nat once"; 3]);
    assert_eq!(order[3..], ["done"; 3]);
    assert_eq!(log.iter().filter(|line| line["coldStart"] == true).count(), 2, "{log:?}");
}

/// Invokes `work` and returns the id of the request.
fn invoke(address: &str, name: &str) -> String {
    let body = json!({ "name": name, "then": "succeed", "takes": 500 }).to_string();
    let head = format!(
        "POST /2015-03-31/functions/Work/invocations HTTP/1.1\r\nhost: localhost\r\n\
         connection: close\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all((head + &body).as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let id = answer.lines().find_map(|line| line.strip_prefix("x-amzn-requestid: "));
    id.unwrap().to_owned()
}
