//! One event as the runtime API gives it: a payload and headers. Gives the context that the headers
//! describe; what a caller can put into them must fail that caller's event only.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::head::{Field, Head};
use crate::Error;
use crate::context::{Context, Deployed, Json, Parts, Texts};

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
        let value = |field| head.value(field, bytes).unwrap_or_default();
        let text = |field| std::str::from_utf8(value(field)).ok().filter(|text| !text.is_empty());
        let id = value(Field::RequestId);
        if id.is_empty() {
            // Nobody could be answered.
            let name = Field::RequestId.name();
            return Err(Error::new("RuntimeApi", format!("an event came without `{name}`")));
        }
        let deadline = text(Field::Deadline)
            .and_then(|ms| UNIX_EPOCH.checked_add(Duration::from_millis(ms.parse().ok()?)))
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
            client_context: json(Field::ClientContext, "the client context"),
            identity: json(Field::Identity, "the Cognito identity"),
            function: Arc::clone(function),
        });
        Ok(Self { context, flaw, invocation_id: text(Field::InvocationId).map(str::to_owned) })
    }
}
