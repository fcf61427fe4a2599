//! The Lambda runtime API: the next event, a response, an error, an error of the start. Mirrors "Using the
//! Lambda runtime API for custom runtimes" of the AWS Lambda Developer Guide.

use std::sync::Arc;
use std::time::Duration;

use super::connection::Connection;
use super::invocation_event::InvocationEvent;
use super::request;
use crate::host::error_report;
use crate::invocation::context::DeployedFunction;
use crate::observability::log;
use crate::{Context, Error, messages};

/// How often a request is tried, and the delay after the first failure. Each delay is twice the one before.
const TRIES: u32 = 6;
const FIRST_WAIT: Duration = Duration::from_millis(50);

/// The outcome of a post.
pub(super) enum PostOutcome {
    Accepted,
    /// It was too large for Lambda.
    TooLarge,
    /// It was rejected, or could not be posted.
    Refused(String),
}

/// A client of the runtime API.
pub(super) struct Api {
    pub(super) connection: Connection,
    /// The buffer for the heads of requests, which is reused.
    pub(super) head: Vec<u8>,
    /// The part that all heads have in common.
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

    /// Waits for the next event, however long that takes. If the runtime API fails, the request is tried
    /// again with growing delays, a limited number of times.
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

    /// The payload of the last event, until something is posted.
    pub(super) fn payload(&self) -> &[u8] {
        self.connection.received.body()
    }

    /// Reports an error for an event. If Lambda does not accept that either, the event would come again and
    /// again: the process ends, and Lambda starts a new one.
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

    /// Posts a request, and tries again if the connection turns out to be dead or the runtime API fails.
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

    /// Describes the last response: its status and the beginning of its body.
    pub(super) fn describe_response(&self, status: u16) -> String {
        let body = String::from_utf8_lossy(self.connection.received.body());
        let body: String = body.chars().take(200).collect();
        format!("{status}: {body}")
    }
}

/// Writes a failure to the log, where an operator looks for it.
pub(super) fn log_failure(context: &Context, error: &Error) {
    log::invocation_failed(context, context.request_id(), error);
}

/// Growing delays between tries.
struct RetryDelay {
    tries: u32,
    next: Duration,
}

impl RetryDelay {
    fn new() -> Self {
        Self { tries: 1, next: FIRST_WAIT }
    }

    /// Without a delay before the second try: a connection that was kept open may have been closed since.
    fn without_first() -> Self {
        Self { tries: 1, next: Duration::ZERO }
    }

    /// Waits for the next try. Returns `false` after the last try.
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
