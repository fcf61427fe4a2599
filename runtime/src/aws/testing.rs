//! A fake of AWS on the loopback interface, for the unit tests of the typed clients: a server that gives the answers
//! that a test defines, and records the requests.
// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]
// The tests of each feature use a part of it.
#![allow(dead_code, unused_macros, unused_imports)]

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::Value;

/// A request that the fake of AWS received from a client.
#[derive(Clone, Debug)]
pub(crate) struct ReceivedRequest {
    pub(crate) method: String,
    /// The path of the request, with its query.
    pub(crate) path: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

/// An answer of the fake of AWS: its status, additional headers and body.
#[derive(Clone, Debug)]
pub(crate) struct FakeResponse(
    pub(crate) u16,
    pub(crate) Vec<(&'static str, String)>,
    pub(crate) String,
);

impl FakeResponse {
    pub(crate) fn ok(body: impl Into<String>) -> Self {
        Self(200, Vec::new(), body.into())
    }

    /// Makes the answer that an AWS service with a JSON protocol gives when it refuses a request.
    pub(crate) fn refusal(status: u16, code: &str, message: &str) -> Self {
        let body = serde_json::json!({ "__type": code, "message": message });
        Self(status, Vec::new(), body.to_string())
    }
}

impl ReceivedRequest {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Returns the AWS operation that this request asks for, by its name in the SDKs. Panics for a request of no
    /// known operation.
    pub(crate) fn operation(&self) -> String {
        if let Some(target) = self.header("x-amz-target") {
            return target.split_once('.').unwrap().1.to_owned();
        }
        if let Some(action) = self.text().strip_prefix("Action=") {
            return action.split('&').next().unwrap().to_owned();
        }
        if self.path.starts_with("/2015-03-31/functions/") {
            return "Invoke".to_owned();
        }
        let query = self.path.split_once('?').map_or("", |(_, query)| query);
        let asks = |name: &str| {
            query.split('&').any(|it| it == name || it.starts_with(&format!("{name}=")))
        };
        let operation = match self.method.as_str() {
            "GET" if asks("list-type") => "ListObjectsV2",
            "GET" => "GetObject",
            "HEAD" => "HeadObject",
            "PUT" if asks("partNumber") => "UploadPart",
            "PUT" => "PutObject",
            "POST" if asks("uploads") => "CreateMultipartUpload",
            "POST" if asks("uploadId") => "CompleteMultipartUpload",
            "DELETE" if asks("uploadId") => "AbortMultipartUpload",
            "DELETE" => "DeleteObject",
            other => panic!("{other} {}", self.path),
        };
        operation.to_owned()
    }
}

/// The server that stands in for AWS. It runs until the process ends.
pub(crate) struct FakeAws {
    pub(crate) url: String,
    seen: Arc<Mutex<Vec<ReceivedRequest>>>,
}

impl FakeAws {
    /// Starts a fake of AWS that calls `answer` for the answer to each request.
    pub(crate) fn start(
        answer: impl Fn(&ReceivedRequest) -> FakeResponse + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (kept, answer) = (Arc::clone(&seen), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (kept, answer) = (Arc::clone(&kept), Arc::clone(&answer));
                thread::spawn(move || serve_connection(&stream.unwrap(), &kept, &*answer));
            }
        });
        Self { url, seen }
    }

    /// Starts a fake of AWS that gives these answers one after another, and then repeats the last answer.
    pub(crate) fn script(answers: impl IntoIterator<Item = FakeResponse>) -> Self {
        let answers = Mutex::new(answers.into_iter().collect::<VecDeque<_>>());
        Self::start(move |_| {
            let mut answers = answers.lock().unwrap();
            if answers.len() > 1 { answers.pop_front().unwrap() } else { answers[0].clone() }
        })
    }

    /// Returns the requests that the fake of AWS has received so far.
    pub(crate) fn seen(&self) -> Vec<ReceivedRequest> {
        self.seen.lock().unwrap().clone()
    }

    /// Returns the bodies of the requests that the fake of AWS has received so far, parsed as JSON.
    pub(crate) fn bodies(&self) -> Vec<Value> {
        self.seen().iter().map(ReceivedRequest::json).collect()
    }

    #[cfg(feature = "_http")]
    pub(crate) fn region() -> String {
        "eu-central-1".into()
    }

    #[cfg(feature = "_http")]
    pub(crate) fn credentials() -> super::credentials::AwsCredentials {
        use super::environment::{CredentialSource, Keys};

        super::credentials::AwsCredentials::new(CredentialSource::Keys(Keys {
            access_key: "key".into(),
            secret_key: "hidden".into(),
            session_token: None,
        }))
    }

    /// Returns an SDK configuration whose clients send their requests to this fake of AWS.
    #[cfg(feature = "_config")]
    pub(crate) fn config(&self) -> aws_types::SdkConfig {
        let none = super::environment::Endpoints(|_| None);
        let config = super::config::build_config(
            Self::region(),
            Self::credentials(),
            none,
            super::http::http_client(),
        );
        config.unwrap().into_builder().endpoint_url(&self.url).build()
    }
}

/// Makes a typed client that sends its requests to a fake of AWS. Takes the type of the client, its SDK crate and the
/// fake.
#[cfg(feature = "_aws")]
macro_rules! client_for {
    ($Client:ident<$($of:ty),*>, $sdk:ident, $server:expr) => {
        <$Client<$($of),*> as $crate::resource::kinds::FromConnection<_>>::from_connection($crate::aws::connection::SdkConnection {
            client: $sdk::Client::new(&$server.config()),
            name: "the-name".into(),
        })
    };
}
#[cfg(feature = "_aws")]
pub(crate) use client_for;

/// Declares resource types for tests, as `#[resource]` would.
macro_rules! test_resource {
    ($($Name:ident: $Kind:ident { $($items:tt)* })*) => {$(
        pub(crate) struct $Name;

        impl $crate::resource::Resource for $Name {
            const ID: &'static str = stringify!($Name);
            const VARIABLE: &'static str = concat!("TEST_", stringify!($Name));
            type Kind = $crate::resource::kind::$Kind;
        }

        impl $crate::resource::$Kind for $Name {
            $($items)*
        }

        $crate::aws::testing::test_resource!(@extent $Kind $Name);
    )*};
    (@extent Table $Name:ident) => {
        impl $crate::resource::WholeTable for $Name {}
    };
    (@extent $Kind:ident $Name:ident) => {};
}
pub(crate) use test_resource;

/// Answers the requests of one connection to the fake of AWS, and records them.
fn serve_connection(
    stream: &TcpStream,
    seen: &Mutex<Vec<ReceivedRequest>>,
    answer: &dyn Fn(&ReceivedRequest) -> FakeResponse,
) {
    let mut reader = BufReader::new(stream);
    while let Some(request) = read_request(&mut reader) {
        seen.lock().unwrap().push(request.clone());
        let FakeResponse(status, headers, body) = answer(&request);
        let mut text = format!("HTTP/1.1 {status} Answer\r\ncontent-length: {}\r\n", body.len());
        for (name, value) in headers {
            text.extend([name, ": ", &value, "\r\n"]);
        }
        text.push_str("\r\n");
        if request.method != "HEAD" {
            text.push_str(&body);
        }
        let mut stream = stream;
        if stream.write_all(text.as_bytes()).is_err() {
            return;
        }
    }
}

/// Reads the next request of a connection. Returns `None` at its end, or if the request is incomplete.
fn read_request(reader: &mut BufReader<&TcpStream>) -> Option<ReceivedRequest> {
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    let mut words = line.split_whitespace();
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers: Vec<(String, String)> = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        match line.trim().split_once(':') {
            Some((name, value)) => headers.push((name.to_owned(), value.trim().to_owned())),
            None => break,
        }
    }
    let length = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let mut body = vec![0; length.map_or(0, |(_, length)| length.parse().unwrap())];
    reader.read_exact(&mut body).ok()?;
    Some(ReceivedRequest { method, path, headers, body })
}
