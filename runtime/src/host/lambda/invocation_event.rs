//! One event as the runtime API gives it: a payload and headers. Gives the context that the headers
//! describe; what a caller can put into them must fail that caller's event only.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::head::{EventHeader, ResponseHead, parse_number};
use super::request::{PostPath, PostRequest};
use crate::Error;
use crate::invocation::Context;
use crate::invocation::context::{ContextFields, ContextParts, DeployedFunction, LazyJson};
use crate::messages;

/// An event to be answered. Its payload stays where it was received.
pub(super) struct InvocationEvent {
    pub(super) context: Context,
    /// What a caller made so that the function cannot be called.
    pub(super) context_error: Option<Error>,
    /// Told apart from the request id, and to be sent back with the answer where it is there.
    pub(super) invocation_id: Option<String>,
}

impl InvocationEvent {
    /// Reads the headers, which stand in these bytes, for a function with that timeout in seconds.
    pub(super) fn from_head(
        head: &ResponseHead,
        bytes: &[u8],
        function: &Arc<DeployedFunction>,
        timeout: u32,
    ) -> Result<Self, Error> {
        let value = |field| head.value(field, bytes);
        let id = value(EventHeader::RequestId);
        if id.is_empty() {
            // Nobody could be answered.
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

    /// What answers it.
    pub(super) fn response_post(&self) -> PostRequest<'_> {
        let path = PostPath::Response(self.context.request_id());
        PostRequest { path, invocation_id: self.invocation_id.as_deref(), error: None }
    }

    /// What fails it, with an error of that name.
    pub(super) fn error_post<'a>(&'a self, name: &'a str) -> PostRequest<'a> {
        let path = PostPath::Error(self.context.request_id());
        PostRequest { path, invocation_id: self.invocation_id.as_deref(), error: Some(name) }
    }
}
