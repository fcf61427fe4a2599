//! One event as the runtime API delivers it: the headers, as the context of the invocation, and a payload. A
//! mistake in a header that a caller can write must fail only the event of that caller.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::head::{EventHeader, ResponseHead, parse_number};
use super::request::{PostPath, PostRequest};
use crate::Error;
use crate::invocation::Context;
use crate::invocation::context::{ContextFields, ContextParts, DeployedFunction, LazyJson};
use crate::messages;

/// An event of the runtime API. Its payload stays in the buffer that received it.
pub(super) struct InvocationEvent {
    pub(super) context: Context,
    /// The error with which the event fails, if a header that the caller wrote is invalid, or if the event was not
    /// received as a whole; otherwise `None`.
    pub(super) context_error: Option<Error>,
    /// The id that some events have besides the request id, and that must be sent back with the response.
    pub(super) invocation_id: Option<String>,
}

impl InvocationEvent {
    /// Reads the headers of an event from the bytes of the response's head. `timeout` is the function's timeout
    /// in seconds, which gives the deadline if the header for the deadline is missing or invalid.
    #[expect(
        clippy::inline_always,
        reason = "the second call, for few events, would make each event cost more"
    )]
    #[inline(always)]
    pub(super) fn from_head(
        head: &ResponseHead,
        bytes: &[u8],
        function: &Arc<DeployedFunction>,
        timeout: u32,
    ) -> Result<Self, Error> {
        let value = |field| head.value(field, bytes);
        let id = value(EventHeader::RequestId);
        if id.is_empty() {
            // Without an id, no response can be posted.
            return Err(messages::lambda::event_without_id(EventHeader::RequestId.name()));
        }
        let deadline = parse_number(value(EventHeader::Deadline))
            .and_then(|ms| UNIX_EPOCH.checked_add(Duration::from_millis(ms)))
            .unwrap_or_else(|| SystemTime::now() + Duration::from_secs(timeout.into()));
        let mut context_error = None;
        let mut json = |field, what| match value(field) {
            b"" => LazyJson::default(),
            raw => LazyJson::parse(what, raw).unwrap_or_else(|error| {
                context_error = Some(error);
                LazyJson::default()
            }),
        };
        let context = Context::from_parts(ContextParts {
            fields: ContextFields::new([
                id,
                value(EventHeader::FunctionArn),
                value(EventHeader::TraceId),
                value(EventHeader::TenantId),
            ]),
            deadline,
            client_context: json(
                EventHeader::ClientContext,
                messages::invocation::client_context(),
            ),
            identity: json(EventHeader::Identity, messages::invocation::cognito_identity()),
            function: Arc::clone(function),
        });
        let invocation_id = match value(EventHeader::InvocationId) {
            b"" => None,
            id => Some(String::from_utf8_lossy(id).into_owned()),
        };
        Ok(Self { context, context_error, invocation_id })
    }

    /// Makes the request that posts the response of this event.
    pub(super) fn response_post(&self) -> PostRequest<'_> {
        let path = PostPath::Response(self.context.request_id_bytes());
        PostRequest { path, invocation_id: self.invocation_id.as_deref(), error: None }
    }

    /// Makes the request that posts the error of this event; `name` is the name of the error.
    pub(super) fn error_post<'a>(&'a self, name: &'a str) -> PostRequest<'a> {
        let path = PostPath::Error(self.context.request_id_bytes());
        PostRequest { path, invocation_id: self.invocation_id.as_deref(), error: Some(name) }
    }
}
