//! The Lambda runtime API: the next event, an answer, an error, an error of the start. Mirrors "Using
//! the Lambda runtime API for custom runtimes" of the AWS Lambda Developer Guide.

use std::sync::Arc;
use std::time::Duration;

use super::connection::Connection;
use super::invocation_event::InvocationEvent;
use super::request;
use crate::host::error_report;
use crate::invocation::context::DeployedFunction;
use crate::observability::log;
use crate::{Context, Error, messages};

/// How often a request is made before it is given up, and how long it waits after the first failure;
/// each wait is twice the one before.
const TRIES: u32 = 6;
const FIRST_WAIT: Duration = Duration::from_millis(50);

/// What became of an answer.
pub(super) enum PostOutcome {
    Accepted,
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
        let common = request::common_headers(address);
        let next = request::next_request(&common);
        Self { connection: Connection::new(address.to_owned()), head: Vec::new(), common, next }
    }

    /// The next event, however long it takes to come. A runtime API that fails is asked again, with
    /// growing pauses, and not for ever.
    pub(super) async fn next_event(
        &mut self,
        function: &Arc<DeployedFunction>,
        timeout: u32,
    ) -> Result<InvocationEvent, Error> {
        let mut delay = RetryDelay::new();
        loop {
            let sent = self.connection.send(self.next.as_bytes(), b"").await;
            let error = match sent.and_then(|status| self.read_event(status, function, timeout)) {
                Ok(event) => return Ok(event),
                Err(error) => error,
            };
            if !delay.wait().await {
                return Err(error
                    .with_context(messages::lambda::no_event(self.connection.address(), TRIES)));
            }
        }
    }

    fn read_event(
        &self,
        status: u16,
        function: &Arc<DeployedFunction>,
        timeout: u32,
    ) -> Result<InvocationEvent, Error> {
        match self.connection.received.head() {
            Some((head, bytes)) if status == 200 => {
                InvocationEvent::from_head(head, bytes, function, timeout)
            }
            _ => Err(messages::lambda::next_refused(&self.describe_response(status))),
        }
    }

    /// The payload of the event that came last, until something is posted.
    pub(super) fn payload(&self) -> &[u8] {
        self.connection.received.body()
    }

    /// Answers an event with an error. An event that not even that is taken for would come again and again:
    /// only a new process is told of another one.
    pub(super) async fn post_error(
        &mut self,
        event: &InvocationEvent,
        error: &Error,
    ) -> Result<(), Error> {
        log_failure(&event.context, error);
        let body = error_report::error_body(error, error_report::MAX_BODY_BYTES);
        match self.post(&event.error_post(&error_report::error_header(error)), &body).await {
            PostOutcome::Accepted => Ok(()),
            PostOutcome::TooLarge => Err(messages::lambda::error_refused_as_too_large()),
            PostOutcome::Refused(why) => Err(messages::lambda::error_refused(why)),
        }
    }

    /// Reports that the process could not start.
    pub(super) async fn post_init_error(&mut self, error: &Error) {
        let post = request::PostRequest {
            path: request::PostPath::InitError,
            invocation_id: None,
            error: Some(&error_report::error_header(error)),
        };
        if let PostOutcome::Refused(why) =
            self.post(&post, &error_report::error_body(error, error_report::MAX_BODY_BYTES)).await
        {
            log::error(why);
        }
    }

    /// Posts, and again where the connection turns out to be dead or the runtime API fails.
    pub(super) async fn post(
        &mut self,
        post: &request::PostRequest<'_>,
        body: &[u8],
    ) -> PostOutcome {
        let mut delay = RetryDelay::without_first();
        let why = loop {
            let rest = post.write(&mut self.head, &self.common, body);
            let why = match self.connection.send(&self.head, rest).await {
                Ok(200..=299) => return PostOutcome::Accepted,
                Ok(413) => return PostOutcome::TooLarge,
                Ok(status) => {
                    let why =
                        messages::lambda::post_refused(post.path, &self.describe_response(status));
                    if status < 500 {
                        break why;
                    }
                    why
                }
                Err(error) => messages::lambda::post_failed(post.path, &error),
            };
            if !delay.wait().await {
                break why;
            }
        };
        PostOutcome::Refused(why)
    }

    /// A status and the beginning of what was said with it.
    pub(super) fn describe_response(&self, status: u16) -> String {
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
struct RetryDelay {
    tries: u32,
    next: Duration,
}

impl RetryDelay {
    fn new() -> Self {
        Self { tries: 1, next: FIRST_WAIT }
    }

    /// The first of them is none: a connection that was kept open may have been closed since.
    fn without_first() -> Self {
        Self { tries: 1, next: Duration::ZERO }
    }

    /// Waits, unless it was tried often enough.
    async fn wait(&mut self) -> bool {
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
