//! A client of the Lambda runtime API: gets the next event, and posts a response, an error, or an error of the
//! start. Mirrors "Using the Lambda runtime API for custom runtimes" of the AWS Lambda Developer Guide.

use std::sync::Arc;
use std::time::Duration;

use super::connection::Connection;
use super::head::ResponseHead;
use super::invocation_event::InvocationEvent;
use super::request;
use crate::host::error_report;
use crate::invocation::context::DeployedFunction;
use crate::observability::log;
use crate::{Context, Error, messages};

/// How often a request to the runtime API is tried.
const TRIES: u32 = 6;
/// The delay after the first try that failed. Each further delay is twice as long as the delay before it.
const FIRST_WAIT: Duration = Duration::from_millis(50);

/// The outcome of a post to the runtime API.
pub(super) enum PostOutcome {
    /// The runtime API accepted the post.
    Accepted,
    /// The runtime API refused the post because the body is too large.
    TooLarge,
    /// The runtime API refused the post for another reason, or it could not be sent. The text is the reason.
    Refused(String),
}

/// A client of the runtime API.
pub(super) struct Api {
    pub(super) connection: Connection,
    /// The buffer for the head of a request, which is reused for every request.
    pub(super) head: Vec<u8>,
    /// The headers that all requests have in common.
    pub(super) common: String,
    /// The request for the next event, which is the same for every event.
    next: String,
}

impl Api {
    /// Makes a client for the runtime API at this host and port.
    pub(super) fn new(address: &str) -> Self {
        let common = request::common_headers(address);
        let next = request::next_request(&common);
        Self { connection: Connection::new(address.to_owned()), head: Vec::new(), common, next }
    }

    /// Waits for the next event, however long it takes. If the runtime API fails, the request is tried again
    /// with growing delays, up to a number of tries. `timeout` is the function's timeout in seconds.
    pub(super) async fn next_event(
        &mut self,
        function: &Arc<DeployedFunction>,
        timeout: u32,
    ) -> Result<InvocationEvent, Error> {
        let mut delay = RetryDelay::new();
        loop {
            let sent = self.connection.send(self.next.as_bytes(), b"").await;
            let received = match (sent, self.connection.received.head()) {
                (Ok(200), Some((head, bytes))) => {
                    InvocationEvent::from_head(head, bytes, function, timeout)
                }
                (sent, _) => self.salvage_event(sent, function, timeout),
            };
            let error = match received {
                Ok(event) => return Ok(event),
                Err(error) => error,
            };
            if delay.is_left() {
                log::error(messages::lambda::event_not_received(&error));
            }
            if !delay.wait().await {
                return Err(error
                    .with_context(messages::lambda::no_event(self.connection.address(), TRIES)));
            }
        }
    }

    /// Reads the event in a response that is not one that delivers an event. `sent` is the status of the response, or
    /// the error of the request. If the response was rejected and yet names the request that it delivers, the event
    /// fails with that error. No error can be posted for an event that is not known.
    #[cold]
    #[inline(never)]
    fn salvage_event(
        &self,
        sent: Result<u16, Error>,
        function: &Arc<DeployedFunction>,
        timeout: u32,
    ) -> Result<InvocationEvent, Error> {
        let error = match sent {
            Ok(status) => messages::lambda::next_refused(&self.describe_response(status)),
            Err(error) => error,
        };
        let Some(bytes) = self.connection.received.rejected() else { return Err(error) };
        let head = ResponseHead::salvage(bytes);
        match InvocationEvent::from_head(&head, bytes, function, timeout) {
            Ok(event) if head.status == 200 => {
                Ok(InvocationEvent { context_error: Some(error), ..event })
            }
            _ => Err(error),
        }
    }

    /// Returns the payload of the last event. It is lost when the next request is sent.
    pub(super) fn payload(&self) -> &[u8] {
        self.connection.received.body()
    }

    /// Logs an error and posts it as the error of an event. Returns an error if the runtime API does not accept
    /// the post either: the process then ends and Lambda starts a new one, because otherwise the event would
    /// come again and again.
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

    /// Reports to Lambda that the process could not start.
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
            let why = match self.connection.send_for_answer(&self.head, rest).await {
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
                Err(error) => match self.salvage_status() {
                    Some(200..=299) => return PostOutcome::Accepted,
                    Some(413) => return PostOutcome::TooLarge,
                    _ => {
                        let why = messages::lambda::post_failed(post.path, &error);
                        // The runtime API may have accepted the post.
                        if self.connection.received.rejected().is_some() {
                            break why;
                        }
                        why
                    }
                },
            };
            if !delay.wait().await {
                break why;
            }
        };
        PostOutcome::Refused(why)
    }

    /// Returns the status of the last response if the response was rejected. The status is what counts of the response
    /// to a post, whatever is wrong with the rest.
    #[cold]
    fn salvage_status(&self) -> Option<u16> {
        ResponseHead::salvage_status(self.connection.received.rejected()?)
    }

    /// Describes the last response by its status and the beginning of its body.
    pub(super) fn describe_response(&self, status: u16) -> String {
        let body = String::from_utf8_lossy(self.connection.received.body());
        let body: String = body.chars().take(200).collect();
        format!("{status}: {body}")
    }
}

/// Logs the failure of an invocation, so that an operator finds it in the log.
pub(super) fn log_failure(context: &Context, error: &Error) {
    log::invocation_failed(context, context.request_id(), error);
}

/// The growing delays between the tries of one request.
struct RetryDelay {
    tries: u32,
    next: Duration,
}

impl RetryDelay {
    /// Makes delays that begin after the first try.
    fn new() -> Self {
        Self { tries: 1, next: FIRST_WAIT }
    }

    /// Makes delays that begin after the second try: the second try follows at once, because the first may have
    /// failed only because a connection that was kept open had been closed.
    fn without_first() -> Self {
        Self { tries: 1, next: Duration::ZERO }
    }

    /// Returns whether there is another try.
    fn is_left(&self) -> bool {
        self.tries < TRIES
    }

    /// Waits until the next try. Returns `false`, without waiting, if the last try was made.
    async fn wait(&mut self) -> bool {
        if !self.is_left() {
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
