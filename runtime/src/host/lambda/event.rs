//! One event as the runtime API gives it: a payload and headers. Gives the context that the headers
//! describe; what a caller can put into them must fail that caller's event only.

use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::head::Field;
use super::receive::Response;
use crate::Error;
use crate::context::{Context, Deployed, Json, Parts};

/// An event to be answered.
pub(super) struct Event {
    pub(super) context: Context,
    /// What a caller made so that the function cannot be called.
    pub(super) flaw: Option<Error>,
    /// Where the payload stands in the bytes received.
    pub(super) payload: Range<usize>,
    /// Told apart from the request id, and to be sent back with the answer where it is there.
    pub(super) invocation_id: Option<String>,
}

impl Event {
    /// Without a request id nobody could be answered.
    pub(super) fn check(response: &Response, bytes: &[u8]) -> Result<(), Error> {
        let id = response.head.value(Field::RequestId, bytes);
        id.map(drop).ok_or_else(|| {
            let name = Field::RequestId.name();
            Error::new("RuntimeApi", format!("an event came without `{name}`"))
        })
    }

    /// Takes the runtime API's answer apart, for a function with that timeout in seconds.
    pub(super) fn read(
        response: Response,
        bytes: &[u8],
        function: &Arc<Deployed>,
        timeout: u32,
    ) -> Self {
        let value = |field| response.head.value(field, bytes);
        let text = |field| value(field).map(text);
        let deadline = value(Field::Deadline)
            .and_then(|ms| std::str::from_utf8(ms).ok()?.parse().ok())
            .and_then(|ms| UNIX_EPOCH.checked_add(Duration::from_millis(ms)))
            .unwrap_or_else(|| SystemTime::now() + Duration::from_secs(timeout.into()));
        let mut flaw = None;
        let mut json = |field, what| match value(field).map(|raw| Json::checked(what, raw)) {
            Some(Ok(json)) => json,
            None => Json::default(),
            Some(Err(error)) => {
                flaw = Some(error);
                Json::default()
            }
        };
        let context = Context::from_parts(Parts {
            request_id: text(Field::RequestId).unwrap_or_default(),
            invoked_function_arn: text(Field::FunctionArn).unwrap_or_default(),
            trace_id: text(Field::TraceId),
            tenant_id: text(Field::TenantId),
            deadline,
            client_context: json(Field::ClientContext, "the client context"),
            identity: json(Field::Identity, "the Cognito identity"),
            function: Arc::clone(function),
        });
        let invocation_id = text(Field::InvocationId);
        Self { context, flaw, payload: response.body, invocation_id }
    }
}

fn text(value: &[u8]) -> String {
    String::from_utf8_lossy(value).into_owned()
}
