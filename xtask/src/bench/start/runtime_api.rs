//! A Lambda Runtime API for one event of one process. Takes the listener whose address the process has. Gives the
//! times of the request for the event and of the response, and the CPU time that the process had used at these times.

use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::bench::loopback::{Connection, Request};
use crate::bench::process;

const EVENT: &[u8] = br#"{"id":"1","place":false}"#;
/// The response of the handler to the event that this API delivers.
const RESPONSE: &[u8] = br#""taken""#;
const HEADERS: &str = "\
    content-type: application/json\r\n\
    lambda-runtime-aws-request-id: request-1\r\n\
    lambda-runtime-deadline-ms: 99999999999999\r\n\
    lambda-runtime-invoked-function-arn: arn:aws:lambda:eu-central-1:1:function:place\r\n";

/// How long to wait after a request until the process is idle. The CPU time of an idle process is counted completely.
const IDLE_DELAY: Duration = Duration::from_millis(1);

/// A moment in the run of a process, and the CPU time that the process had used at that moment.
pub(super) struct Progress {
    pub(super) at: Instant,
    pub(super) cpu: Duration,
}

impl Progress {
    /// Measures a process that waits for the response to its request, and is therefore idle.
    fn now(pid: u32) -> Result<Self> {
        let at = Instant::now();
        thread::sleep(IDLE_DELAY);
        Ok(Self { at, cpu: process::cpu_of(pid)? })
    }
}

/// The progress of a process at its request for the event and at its response.
pub(super) struct Served {
    pub(super) next: Progress,
    pub(super) response: Progress,
    /// The time by which this API delayed the event in order to measure.
    pub(super) delayed: Duration,
}

/// Delivers the event to the first process that connects, and serves the connection until the response, which it does
/// not confirm. `pid` is that process.
pub(super) fn serve_one_event(listener: &TcpListener, pid: u32) -> Result<Served> {
    let mut connection = Connection::new(listener.accept()?.0)?;

    let request = connection.read_request()?.context("the process closed its connection")?;
    let next = Progress::now(pid)?;
    check_request(&request, "/invocation/next", b"")?;
    let delayed = next.at.elapsed();
    connection.respond("200 OK", HEADERS, EVENT)?;

    let request = connection.read_request()?.context("the process closed its connection")?;
    let response = Progress::now(pid)?;
    check_request(&request, "/invocation/request-1/response", RESPONSE)?;
    Ok(Served { next, response, delayed })
}

fn check_request(request: &Request, path: &str, body: &[u8]) -> Result<()> {
    let requested = request.path.strip_prefix("/2018-06-01/runtime");
    ensure!(
        requested == Some(path) && request.body == body,
        "the process sent `{} {}` instead of `{path}`\n{}",
        request.method,
        request.path,
        String::from_utf8_lossy(&request.body)
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{TcpListener, TcpStream};
    use std::thread;
    use std::time::Duration;

    use super::{IDLE_DELAY, Served, serve_one_event};

    /// Serves a client that sends these requests and waits for some bytes of a response after each.
    fn serve_requests(requests: [&'static str; 2]) -> anyhow::Result<Served> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut stream = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let process = thread::spawn(move || {
            for request in requests {
                write!(stream, "{request}").unwrap();
                let _ = stream.read(&mut [0; 1024]);
            }
        });
        let served = serve_one_event(&listener, std::process::id());
        process.join().unwrap();
        served
    }

    const NEXT: &str = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\n\r\n";

    #[test]
    fn the_delay_of_the_event_is_measured() {
        let served = serve_requests([
            NEXT,
            "POST /2018-06-01/runtime/invocation/request-1/response HTTP/1.1\r\n\
             content-length: 7\r\n\r\n\"taken\"",
        ])
        .unwrap();
        assert!(served.delayed >= IDLE_DELAY);
        assert!(served.response.at >= served.next.at + served.delayed);
        // The two cannot be compared: the process is that of the tests, whose threads start and end.
        assert!(served.next.cpu > Duration::ZERO && served.response.cpu > Duration::ZERO);
    }

    #[test]
    fn an_error_instead_of_the_response_is_reported() {
        let error = serve_requests([
            NEXT,
            "POST /2018-06-01/runtime/invocation/request-1/error HTTP/1.1\r\n\
             content-length: 4\r\n\r\noops",
        ]);
        let error = error.err().unwrap().to_string();
        assert!(error.contains("/error` instead of") && error.ends_with("oops"), "{error}");
    }
}
