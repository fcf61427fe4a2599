//! A Lambda Runtime API on the loopback interface, for the programs of `bench runtime`. Takes a payload and the
//! number of events. Gives the time between each event and its response, and checks that every event was answered.

use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, ensure};

use crate::bench::loopback::Connection;
use crate::bench::process;

/// The time in which a measured program has to handle all its events.
const TIMEOUT: Duration = Duration::from_mins(5);

/// The headers with which Lambda's Runtime API confirms a response.
const ACCEPTED_HEADERS: &str =
    "Content-Type: application/json\r\nDate: Wed, 25 Nov 2026 12:00:00 GMT\r\n";

/// A Lambda Runtime API that delivers the same event again and again.
pub(super) struct Api {
    pub(super) address: SocketAddr,
    shared: Arc<Shared>,
    requests: Receiver<NotableRequest>,
    /// The sender for which a waiting program waits. It is dropped to let the program continue.
    waiting: Option<Sender<()>>,
}

/// A request of a measured program that the benchmark has to know of.
enum NotableRequest {
    /// The request of the program for its first event. The program waits until the sender is dropped.
    First(Sender<()>),
    /// A request of the program for an event when no event is left. The program waits until the sender is dropped.
    Last(Sender<()>),
    /// A request of the program that neither asks for an event nor sends a response.
    Unexpected(String),
}

struct Shared {
    payload: Vec<u8>,
    headers: String,
    left: AtomicUsize,
    answered: AtomicUsize,
    delivered: Mutex<Instant>,
    latencies: Mutex<Vec<Duration>>,
}

impl Api {
    /// Starts a Lambda Runtime API that delivers `events` events with this payload.
    pub(super) fn start(payload: &str, events: usize) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").context("cannot listen")?;
        let address = listener.local_addr()?;
        let headers = "Content-Type: application/json\r\n\
            Date: Wed, 25 Nov 2026 12:00:00 GMT\r\n\
            Lambda-Runtime-Aws-Request-Id: 8476a536-e9f4-11e8-9739-2dfe598c3fcd\r\n\
            Lambda-Runtime-Deadline-Ms: 99999999999999\r\n\
            Lambda-Runtime-Invoked-Function-Arn: \
            arn:aws:lambda:eu-central-1:123456789012:function:measured\r\n\
            Lambda-Runtime-Trace-Id: Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;\
            Parent=9a9197af755a6419;Sampled=1\r\n";
        let shared = Arc::new(Shared {
            payload: payload.as_bytes().to_vec(),
            headers: headers.to_owned(),
            left: AtomicUsize::new(events),
            answered: AtomicUsize::new(0),
            delivered: Mutex::new(Instant::now()),
            latencies: Mutex::new(Vec::new()),
        });
        let (sender, requests) = channel();
        let serving = Arc::clone(&shared);
        let first = Arc::new(AtomicUsize::new(0));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (shared, sender, first) =
                    (Arc::clone(&serving), sender.clone(), Arc::clone(&first));
                thread::spawn(move || {
                    // On the core of the program: to wake another core costs more than a small event, and
                    // the cost depends on the load of the machine.
                    let _ = process::pin_this_thread();
                    // A program that closes its connection ends, or opens another one.
                    let _ = serve_connection(stream, &shared, &sender, &first);
                });
            }
        });
        Ok(Self { address, shared, requests, waiting: None })
    }

    /// Waits until the program asks for its first event, runs `work`, lets the program continue, and returns the
    /// result of `work`.
    pub(super) fn at_first_request<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        match self.next_request()? {
            NotableRequest::First(go) => {
                let done = work()?;
                drop(go);
                Ok(done)
            }
            NotableRequest::Last(_) | NotableRequest::Unexpected(_) => {
                Err(anyhow!("the program asked for no event"))
            }
        }
    }

    /// Waits until the program has answered all events, runs `work`, and returns its result.
    pub(super) fn after_all_events<T>(
        &mut self,
        events: usize,
        work: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        let NotableRequest::Last(go) = self.next_request()? else {
            return Err(anyhow!("the program started twice"));
        };
        let answered = self.shared.answered.load(Ordering::Relaxed);
        ensure!(answered == events, "{answered} of {events} events were answered");
        self.waiting = Some(go);
        work()
    }

    /// Lets the program continue, with this number of further events.
    pub(super) fn add_events(&mut self, events: usize) {
        self.shared.left.store(events, Ordering::Relaxed);
        self.waiting = None;
    }

    /// Returns how long the program took for each event, from the delivery of the event to the end of the response.
    pub(super) fn latencies(&self) -> Vec<Duration> {
        self.shared.latencies.lock().map(|all| all.clone()).unwrap_or_default()
    }

    fn next_request(&self) -> Result<NotableRequest> {
        match self.requests.recv_timeout(TIMEOUT).context("the program sends no request")? {
            NotableRequest::Unexpected(what) => Err(anyhow!("the program sent `{what}`")),
            request => Ok(request),
        }
    }
}

impl Shared {
    /// Takes one of the remaining events. Returns `false` if no event is left.
    fn take_event(&self) -> bool {
        let one_less = |left: usize| left.checked_sub(1);
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_less).is_ok()
    }
}

fn serve_connection(
    stream: TcpStream,
    shared: &Shared,
    sender: &Sender<NotableRequest>,
    first: &AtomicUsize,
) -> io::Result<()> {
    let mut connection = Connection::new(stream)?;
    while let Some(request) = connection.read_request()? {
        let action = request.path.rsplit('/').next().unwrap_or_default();
        match (request.method.as_str(), action) {
            ("GET", "next") => {
                if first.fetch_add(1, Ordering::Relaxed) == 0 {
                    let (go, gone) = channel();
                    let _ = sender.send(NotableRequest::First(go));
                    let _ = gone.recv();
                }
                while !shared.take_event() {
                    let (go, gone) = channel();
                    // Nothing receives any more: the program was killed.
                    if sender.send(NotableRequest::Last(go)).is_err() {
                        return Ok(());
                    }
                    let _ = gone.recv();
                }
                if let Ok(mut delivered) = shared.delivered.lock() {
                    *delivered = Instant::now();
                }
                connection.respond("200 OK", &shared.headers, &shared.payload)?;
            }
            ("POST", "response") => {
                let latency = shared.delivered.lock().map(|at| at.elapsed()).unwrap_or_default();
                if let Ok(mut all) = shared.latencies.lock() {
                    all.push(latency);
                }
                shared.answered.fetch_add(1, Ordering::Relaxed);
                connection.respond("202 Accepted", ACCEPTED_HEADERS, b"{\"status\":\"OK\"}\n")?;
            }
            _ => {
                let body = String::from_utf8_lossy(&request.body);
                let what = format!("{} {}\n{body}", request.method, request.path);
                let _ = sender.send(NotableRequest::Unexpected(what));
                return Ok(());
            }
        }
    }
    Ok(())
}
