//! Gives up requests to the runtime API whose response never comes. A timer for each request would cost more than a
//! small invocation does, so one thread looks every few seconds at the requests of the process. It starts with the
//! first request that it watches.
// See decision 0094.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, Once, PoisonError, Weak};
use std::task::Waker;
use std::thread;
use std::time::Duration;

use crate::invocation::process::is_ended_at_timeout;

/// How often the thread looks at the requests. It gives up a request that waits at two looks in a row, which is after
/// one interval at the earliest and after two at the latest.
const INTERVAL: Duration =
    if cfg!(test) { Duration::from_millis(40) } else { Duration::from_secs(3) };

/// The requests of all connections of the process.
static WATCHED: Mutex<Vec<Weak<WatchedRequest>>> = Mutex::new(Vec::new());

/// The watch over the requests of one connection. One request at a time waits for its response.
pub(super) struct RequestWatch {
    /// Whether requests are watched. They are not where Lambda itself ends a process at the function's timeout: in a
    /// process with two threads, the C library does more for every system call.
    is_active: bool,
    request: Arc<WatchedRequest>,
    /// The number of the last request that was watched.
    number: u64,
}

/// What the thread and the connection know of a request. A request has a number, which is never 0.
#[derive(Default)]
struct WatchedRequest {
    /// The request that waits for its response; 0 if none waits.
    waiting: AtomicU64,
    /// The request that waited when the thread looked last.
    seen: AtomicU64,
    /// The last request that the thread gave up.
    given_up: AtomicU64,
    /// The task that waits for the response.
    waker: Mutex<Option<Waker>>,
}

impl RequestWatch {
    pub(super) fn new() -> Self {
        let (request, is_active) = (Arc::default(), !is_ended_at_timeout());
        if is_active {
            lock(&WATCHED).push(Arc::downgrade(&request));
        }
        Self { is_active, request, number: 0 }
    }

    /// Returns whether requests are watched.
    pub(super) fn is_active(&self) -> bool {
        self.is_active
    }

    /// Watches a request from now on.
    pub(super) fn begin(&mut self) {
        static THREAD: Once = Once::new();
        if !self.is_active {
            return;
        }
        THREAD.call_once(|| {
            let thread = thread::Builder::new().name("skylift-requests".to_owned());
            // Without the thread, no request is given up.
            let _ = thread.stack_size(128 * 1024).spawn(watch_requests);
        });
        self.number += 1;
        self.request.waiting.store(self.number, Ordering::Relaxed);
    }

    /// Ends the watch: the response has come.
    pub(super) fn end(&self) {
        if self.is_active {
            self.request.waiting.store(0, Ordering::Relaxed);
        }
    }

    /// Returns whether the request that is watched was given up. If it is given up later, `waker` is woken.
    pub(super) fn is_given_up(&self, waker: &Waker) -> bool {
        self.is_active && self.check_given_up(waker)
    }

    fn check_given_up(&self, waker: &Waker) -> bool {
        let mut known = lock(&self.request.waker);
        if !known.as_ref().is_some_and(|known| known.will_wake(waker)) {
            *known = Some(waker.clone());
        }
        drop(known);
        self.request.given_up.load(Ordering::Relaxed) == self.number
    }
}

impl WatchedRequest {
    /// Gives up the request if it waited at the last look, too.
    fn look(&self) {
        let waiting = self.waiting.load(Ordering::Relaxed);
        let seen = self.seen.swap(waiting, Ordering::Relaxed);
        if waiting == 0 || seen != waiting {
            return;
        }
        self.given_up.store(waiting, Ordering::Relaxed);
        // After the store: a task that registers its waker later finds that its request was given up.
        let waker = lock(&self.waker).take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

/// Looks at the requests of the process, until the process ends.
fn watch_requests() {
    loop {
        thread::sleep(INTERVAL);
        let watched: Vec<_> = {
            let mut all = lock(&WATCHED);
            all.retain(|request| request.strong_count() > 0);
            all.iter().filter_map(Weak::upgrade).collect()
        };
        for request in watched {
            request.look();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Nothing panics while it is locked.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_request_that_waits_at_two_looks_is_given_up() {
        let mut watch = RequestWatch { is_active: true, request: Arc::default(), number: 0 };
        let waker = Waker::noop();
        let look = |watch: &RequestWatch| {
            watch.request.look();
            watch.is_given_up(waker)
        };
        watch.begin();
        assert!(!look(&watch));
        watch.end();
        assert!(!look(&watch), "it has its response");
        watch.begin();
        assert!(!look(&watch));
        watch.end();
        watch.begin();
        assert!(!look(&watch), "this is another request");
        assert!(look(&watch));
        watch.end();
        watch.begin();
        assert!(!watch.is_given_up(waker), "the next request is not given up");
    }
}
