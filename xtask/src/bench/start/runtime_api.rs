//! A Lambda runtime API for one event of one process. Takes the listener that the process was told
//! of, gives when it asked for the event and when it answered, and what CPU it had used by then.

use std::net::TcpListener;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::bench::loopback::{Connection, Request};
use crate::bench::process;

const EVENT: &[u8] = br#"{"id":"1","place":false}"#;
/// What a handler of that event answers.
const ANSWER: &[u8] = br#""taken""#;
const HEADERS: &str = "\
    content-type: application/json\r\n\
    lambda-runtime-aws-request-id: request-1\r\n\
    lambda-runtime-deadline-ms: 99999999999999\r\n\
    lambda-runtime-invoked-function-arn: arn:aws:lambda:eu-central-1:1:function:place\r\n";

/// How long a process gets to come to rest after a request, so that all its CPU time is counted.
const REST: Duration = Duration::from_millis(1);

/// How far a process was: when, and what CPU it had used.
pub(super) struct Mark {
    pub(super) at: Instant,
    pub(super) cpu: Duration,
}

impl Mark {
    /// To be made when a request is there, before it is answered: nothing else moves the process.
    fn now(pid: u32) -> Result<Self> {
        let at = Instant::now();
        thread::sleep(REST);
        Ok(Self { at, cpu: process::cpu_of(pid)? })
    }
}

/// What a process did with its event.
pub(super) struct Served {
    pub(super) next: Mark,
    pub(super) response: Mark,
    /// How long the process was kept waiting for the event.
    pub(super) kept: Duration,
}

/// Serves the first connection up to the first answer, which is left without a reply.
pub(super) fn serve(listener: &TcpListener, pid: u32) -> Result<Served> {
    let mut connection = Connection::new(listener.accept()?.0)?;

    let request = connection.read()?.context("the process hung up")?;
    let next = Mark::now(pid)?;
    expect(&request, "/invocation/next", b"")?;
    let kept = next.at.elapsed();
    connection.answer("200 OK", HEADERS, EVENT)?;

    let request = connection.read()?.context("the process hung up")?;
    let response = Mark::now(pid)?;
    expect(&request, "/invocation/request-1/response", ANSWER)?;
    Ok(Served { next, response, kept })
}

fn expect(request: &Request, path: &str, body: &[u8]) -> Result<()> {
    let asked = request.path.strip_prefix("/2018-06-01/runtime");
    ensure!(
        asked == Some(path) && request.body == body,
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

    use super::{REST, Served, serve};

    /// A process that sends these requests, a byte of an answer after each.
    fn served(requests: [&'static str; 2]) -> anyhow::Result<Served> {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut stream = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let process = thread::spawn(move || {
            for request in requests {
                write!(stream, "{request}").unwrap();
                let _ = stream.read(&mut [0; 1024]);
            }
        });
        let served = serve(&listener, std::process::id());
        process.join().unwrap();
        served
    }

    const NEXT: &str = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\n\r\n";

    #[test]
    fn the_time_that_the_process_is_kept_waiting_is_known() {
        let served = served([
            NEXT,
            "POST /2018-06-01/runtime/invocation/request-1/response HTTP/1.1\r\n\
             content-length: 7\r\n\r\n\"taken\"",
        ])
        .unwrap();
        assert!(served.kept >= REST);
        assert!(served.response.at >= served.next.at + served.kept);
        // Not which is more: the process is that of these tests, whose threads come and go.
        assert!(served.next.cpu > Duration::ZERO && served.response.cpu > Duration::ZERO);
    }

    #[test]
    fn an_error_is_no_answer() {
        let error = served([
            NEXT,
            "POST /2018-06-01/runtime/invocation/request-1/error HTTP/1.1\r\n\
             content-length: 4\r\n\r\noops",
        ]);
        let error = error.err().unwrap().to_string();
        assert!(error.contains("/error` instead of") && error.ends_with("oops"), "{error}");
    }
}
