//! A Lambda runtime API on the loopback interface. Takes a payload and how often it is to be given out,
//! gives what became of it: when each event was given and answered, and that all were.

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

/// How long a program has for all its events.
const PATIENCE: Duration = Duration::from_mins(5);

/// What stands in the answer to an answer, as Lambda's own has it.
const ACCEPTED: &str = "Content-Type: application/json\r\nDate: Wed, 25 Nov 2026 12:00:00 GMT\r\n";

/// A runtime API that gives the same event over and over.
pub(super) struct Api {
    pub(super) address: SocketAddr,
    shared: Arc<Shared>,
    moments: Receiver<Moment>,
    /// The program, while it waits for more.
    waiting: Option<Sender<()>>,
}

/// What a program asked for.
enum Moment {
    /// Its first event. It waits until it is told to go on.
    First(Sender<()>),
    /// One more than there are. It waits until there are more.
    Last(Sender<()>),
    /// Something that is no answer.
    Wrong(String),
}

struct Shared {
    payload: Vec<u8>,
    headers: String,
    left: AtomicUsize,
    answered: AtomicUsize,
    given: Mutex<Instant>,
    took: Mutex<Vec<Duration>>,
}

impl Api {
    /// An API that gives this payload so many times.
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
            given: Mutex::new(Instant::now()),
            took: Mutex::new(Vec::new()),
        });
        let (sender, moments) = channel();
        let serving = Arc::clone(&shared);
        let first = Arc::new(AtomicUsize::new(0));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (shared, sender, first) =
                    (Arc::clone(&serving), sender.clone(), Arc::clone(&first));
                thread::spawn(move || {
                    // On the core of the program: to wake another one costs more than a small event does,
                    // and how much depends on what else the machine has to do.
                    let _ = process::stay_on_one_core();
                    // A program that hangs up is at its end, or opens another connection.
                    let _ = serve(stream, &shared, &sender, &first);
                });
            }
        });
        Ok(Self { address, shared, moments, waiting: None })
    }

    /// Waits for the program to ask for its first event, does something, and lets it go on.
    pub(super) fn at_first<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        match self.moment()? {
            Moment::First(go) => {
                let done = work()?;
                drop(go);
                Ok(done)
            }
            Moment::Last(_) | Moment::Wrong(_) => Err(anyhow!("the program asked for no event")),
        }
    }

    /// Waits for the program to have answered all events, and does something.
    pub(super) fn at_last<T>(
        &mut self,
        events: usize,
        work: impl FnOnce() -> Result<T>,
    ) -> Result<T> {
        let Moment::Last(go) = self.moment()? else {
            return Err(anyhow!("the program started twice"));
        };
        let answered = self.shared.answered.load(Ordering::Relaxed);
        ensure!(answered == events, "{answered} of {events} events were answered");
        self.waiting = Some(go);
        work()
    }

    /// Gives it so many more.
    pub(super) fn again(&mut self, events: usize) {
        self.shared.left.store(events, Ordering::Relaxed);
        self.waiting = None;
    }

    /// How long each event took, from when it was given to the end of its answer.
    pub(super) fn took(&self) -> Vec<Duration> {
        self.shared.took.lock().map(|took| took.clone()).unwrap_or_default()
    }

    fn moment(&self) -> Result<Moment> {
        match self.moments.recv_timeout(PATIENCE).context("the program does nothing")? {
            Moment::Wrong(what) => Err(anyhow!("the program sent `{what}`")),
            moment => Ok(moment),
        }
    }
}

impl Shared {
    /// Takes one of the events that are left.
    fn take(&self) -> bool {
        let less = |left: usize| left.checked_sub(1);
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).is_ok()
    }
}

fn serve(
    stream: TcpStream,
    shared: &Shared,
    sender: &Sender<Moment>,
    first: &AtomicUsize,
) -> io::Result<()> {
    let mut connection = Connection::new(stream)?;
    let now = |at: &Mutex<Instant>| at.lock().map_or_else(|_| Instant::now(), |at| *at);
    while let Some(request) = connection.read()? {
        let what = request.path.rsplit('/').next().unwrap_or_default();
        match (request.method.as_str(), what) {
            ("GET", "next") => {
                if first.fetch_add(1, Ordering::Relaxed) == 0 {
                    let (go, gone) = channel();
                    let _ = sender.send(Moment::First(go));
                    let _ = gone.recv();
                }
                while !shared.take() {
                    let (go, gone) = channel();
                    // Where nobody listens any more, the program was ended.
                    if sender.send(Moment::Last(go)).is_err() {
                        return Ok(());
                    }
                    let _ = gone.recv();
                }
                if let Ok(mut given) = shared.given.lock() {
                    *given = Instant::now();
                }
                connection.answer("200 OK", &shared.headers, &shared.payload)?;
            }
            ("POST", "response") => {
                let took = now(&shared.given).elapsed();
                if let Ok(mut all) = shared.took.lock() {
                    all.push(took);
                }
                shared.answered.fetch_add(1, Ordering::Relaxed);
                connection.answer("202 Accepted", ACCEPTED, b"{\"status\":\"OK\"}\n")?;
            }
            _ => {
                let body = String::from_utf8_lossy(&request.body);
                let what = format!("{} {}\n{body}", request.method, request.path);
                let _ = sender.send(Moment::Wrong(what));
                return Ok(());
            }
        }
    }
    Ok(())
}
