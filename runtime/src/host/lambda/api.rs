//! The Lambda runtime API: the next event, an answer, an error, an error of the start. Mirrors "Using
//! the Lambda runtime API for custom runtimes" of the AWS Lambda Developer Guide.

use std::sync::Arc;
use std::time::Duration;

use super::connection::Connection;
use super::event::Event;
use super::request;
use crate::host::failure;
use crate::invocation::context::Deployed;
use crate::observability::log;
use crate::{Context, Error, messages};

/// How often a request is made before it is given up, and how long it waits after the first failure;
/// each wait is twice the one before.
const TRIES: u32 = 6;
const FIRST_WAIT: Duration = Duration::from_millis(50);

/// What became of an answer.
pub(super) enum Posted {
    Taken,
    /// It was too large for Lambda.
    TooLarge,
    /// It was refused, or could not be posted.
    Refused(String),
}

/// The runtime API.
pub(super) struct Api {
    pub(super) connection: Connection,
    /// The heads of requests, one after another in the same room.
    pub(super) head: Vec<u8>,
    /// What they have in common.
    pub(super) common: String,
    /// The request for the next event, which is always the same.
    next: String,
}

impl Api {
    pub(super) fn new(address: &str) -> Self {
        let common = request::common(address);
        let next = request::next(&common);
        Self { connection: Connection::new(address.to_owned()), head: Vec::new(), common, next }
    }

    /// The next event, however long it takes to come. A runtime API that fails is asked again, with
    /// growing pauses, and not for ever.
    pub(super) async fn next(
        &mut self,
        function: &Arc<Deployed>,
        timeout: u32,
    ) -> Result<Event, Error> {
        let mut wait = Wait::new();
        loop {
            let sent = self.connection.send(self.next.as_bytes(), b"").await;
            let error = match sent.and_then(|status| self.event(status, function, timeout)) {
                Ok(event) => return Ok(event),
                Err(error) => error,
            };
            if !wait.again().await {
                return Err(error.at(messages::lambda::no_event(self.connection.address(), TRIES)));
            }
        }
    }

    fn event(&self, status: u16, function: &Arc<Deployed>, timeout: u32) -> Result<Event, Error> {
        match self.connection.received.head() {
            Some((head, bytes)) if status == 200 => Event::read(head, bytes, function, timeout),
            _ => Err(messages::lambda::next_refused(&self.refusal(status))),
        }
    }

    /// The payload of the event that came last, until something is posted.
    pub(super) fn payload(&self) -> &[u8] {
        self.connection.received.body()
    }

    /// Answers an event with an error. An event that not even that is taken for would come again and again:
    /// only a new process is told of another one.
    pub(super) async fn fail(&mut self, event: &Event, error: &Error) -> Result<(), Error> {
        log_failure(&event.context, error);
        let body = failure::body(error, failure::LONGEST);
        match self.post(&event.error(&failure::header(error)), &body).await {
            Posted::Taken => Ok(()),
            Posted::TooLarge => Err(messages::lambda::error_refused_as_too_large()),
            Posted::Refused(why) => Err(messages::lambda::error_refused(why)),
        }
    }

    /// Reports that the process could not start.
    pub(super) async fn fail_init(&mut self, error: &Error) {
        let post = request::Post {
            path: request::Path::InitError,
            invocation_id: None,
            error: Some(&failure::header(error)),
        };
        if let Posted::Refused(why) =
            self.post(&post, &failure::body(error, failure::LONGEST)).await
        {
            log::error(why);
        }
    }

    /// Posts, and again where the connection turns out to be dead or the runtime API fails.
    pub(super) async fn post(&mut self, post: &request::Post<'_>, body: &[u8]) -> Posted {
        let mut wait = Wait::at_once();
        let why = loop {
            let rest = post.write(&mut self.head, &self.common, body);
            let why = match self.connection.send(&self.head, rest).await {
                Ok(200..=299) => return Posted::Taken,
                Ok(413) => return Posted::TooLarge,
                Ok(status) => {
                    let why = messages::lambda::post_refused(post.path, &self.refusal(status));
                    if status < 500 {
                        break why;
                    }
                    why
                }
                Err(error) => messages::lambda::post_failed(post.path, &error),
            };
            if !wait.again().await {
                break why;
            }
        };
        Posted::Refused(why)
    }

    /// A status and the beginning of what was said with it.
    pub(super) fn refusal(&self, status: u16) -> String {
        let body = String::from_utf8_lossy(self.connection.received.body());
        let body: String = body.chars().take(200).collect();
        format!("{status}: {body}")
    }
}

/// A failure in the log, where an operator looks for it.
pub(super) fn log_failure(context: &Context, error: &Error) {
    log::invocation_failed(context, context.request_id(), error);
}

/// Growing pauses between tries.
struct Wait {
    tries: u32,
    next: Duration,
}

impl Wait {
    fn new() -> Self {
        Self { tries: 1, next: FIRST_WAIT }
    }

    /// The first of them is none: a connection that was kept open may have been closed since.
    fn at_once() -> Self {
        Self { tries: 1, next: Duration::ZERO }
    }

    /// Waits, unless it was tried often enough.
    async fn again(&mut self) -> bool {
        if self.tries == TRIES {
            return false;
        }
        self.tries += 1;
        if self.next > Duration::ZERO {
            tokio::time::sleep(self.next).await;
        }
        self.next = (self.next * 2).max(FIRST_WAIT);
        true
    }
}
