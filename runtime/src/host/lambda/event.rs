//! One event as the runtime API gives it: a payload and headers. Gives the context that the headers
//! describe; what a caller can put into them must fail that caller's event only.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::head::{Field, Head, number};
use super::request::{Path, Post};
use crate::Error;
use crate::invocation::Context;
use crate::invocation::context::{Deployed, Json, Parts, Texts};
use crate::messages;

/// An event to be answered. Its payload stays where it was received.
pub(super) struct Event {
    pub(super) context: Context,
    /// What a caller made so that the function cannot be called.
    pub(super) flaw: Option<Error>,
    /// Told apart from the request id, and to be sent back with the answer where it is there.
    pub(super) invocation_id: Option<String>,
}

impl Event {
    /// Reads the headers, which stand in these bytes, for a function with that timeout in seconds.
    pub(super) fn read(
        head: &Head,
        bytes: &[u8],
        function: &Arc<Deployed>,
        timeout: u32,
    ) -> Result<Self, Error> {
        let value = |field| head.value(field, bytes);
        let id = value(Field::RequestId);
        if id.is_empty() {
            // Nobody could be answered.
            return Err(messages::lambda::event_without_id(Field::RequestId.name()));
        }
        let deadline = number(value(Field::Deadline))
            .and_then(|ms| UNIX_EPOCH.checked_add(Duration::from_millis(ms)))
            .unwrap_or_else(|| SystemTime::now() + Duration::from_secs(timeout.into()));
        let mut flaw = None;
        let mut json = |field, what| match value(field) {
            b"" => Json::default(),
            raw => Json::checked(what, raw).unwrap_or_else(|error| {
                flaw = Some(error);
                Json::default()
            }),
        };
        let context = Context::from_parts(Parts {
            texts: Texts::of([
                id,
                value(Field::FunctionArn),
                value(Field::TraceId),
                value(Field::TenantId),
            ]),
            deadline,
            client_context: json(Field::ClientContext, messages::invocation::client_context()),
            identity: json(Field::Identity, messages::invocation::cognito_identity()),
            function: Arc::clone(function),
        });
        let invocation_id = match value(Field::InvocationId) {
            b"" => None,
            id => Some(String::from_utf8_lossy(id).into_owned()),
        };
        Ok(Self { context, flaw, invocation_id })
    }

    /// What answers it.
    pub(super) fn response(&self) -> Post<'_> {
        let path = Path::Response(self.context.request_id());
        Post { path, invocation_id: self.invocation_id.as_deref(), error: None }
    }

    /// What fails it, with an error of that name.
    pub(super) fn error<'a>(&'a self, name: &'a str) -> Post<'a> {
        let path = Path::Error(self.context.request_id());
        Post { path, invocation_id: self.invocation_id.as_deref(), error: Some(name) }
    }
}
