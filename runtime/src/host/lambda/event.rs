//! One event as the runtime API gives it: a payload and headers. Gives the context that the headers
//! describe; what a caller can put into them must fail that caller's event only.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response};

use crate::Error;
use crate::context::{Context, Deployed, Json, Parts};

const REQUEST_ID: HeaderName = HeaderName::from_static("lambda-runtime-aws-request-id");
const DEADLINE: HeaderName = HeaderName::from_static("lambda-runtime-deadline-ms");
const FUNCTION_ARN: HeaderName = HeaderName::from_static("lambda-runtime-invoked-function-arn");
const TRACE_ID: HeaderName = HeaderName::from_static("lambda-runtime-trace-id");
const CLIENT_CONTEXT: HeaderName = HeaderName::from_static("lambda-runtime-client-context");
const IDENTITY: HeaderName = HeaderName::from_static("lambda-runtime-cognito-identity");
/// Told apart from the request id, and to be sent back with the answer where it is there.
pub(super) const INVOCATION_ID: HeaderName =
    HeaderName::from_static("lambda-runtime-invocation-id");

/// An event to be answered.
pub(super) struct Event {
    pub(super) id: String,
    pub(super) payload: Bytes,
    headers: HeaderMap,
}

impl Event {
    /// Takes the runtime API's answer apart. Without a request id nobody could be answered.
    pub(super) fn read(response: Response<Bytes>) -> Result<Self, Error> {
        let (parts, payload) = response.into_parts();
        let id = text(&parts.headers, &REQUEST_ID)
            .ok_or_else(|| Error::msg(format_args!("an event came without `{REQUEST_ID}`")))?;
        Ok(Self { id, payload, headers: parts.headers })
    }

    pub(super) fn invocation_id(&self) -> Option<&HeaderValue> {
        self.headers.get(INVOCATION_ID)
    }

    /// The context of the event, for a function with that timeout in seconds.
    pub(super) fn context(&self, function: &Arc<Deployed>, timeout: u32) -> Result<Context, Error> {
        let headers = &self.headers;
        let deadline = text(headers, &DEADLINE)
            .and_then(|ms| ms.parse().ok())
            .and_then(|ms| UNIX_EPOCH.checked_add(Duration::from_millis(ms)))
            .unwrap_or_else(|| SystemTime::now() + Duration::from_secs(timeout.into()));
        Ok(Context::from_parts(Parts {
            request_id: self.id.clone(),
            invoked_function_arn: text(headers, &FUNCTION_ARN).unwrap_or_default(),
            trace_id: text(headers, &TRACE_ID),
            deadline,
            client_context: json(headers, &CLIENT_CONTEXT, "the client context")?,
            identity: json(headers, &IDENTITY, "the Cognito identity")?,
            function: Arc::clone(function),
        }))
    }
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    headers.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

fn json(headers: &HeaderMap, name: &HeaderName, what: &str) -> Result<Json, Error> {
    let value = headers.get(name).filter(|value| !value.is_empty());
    value.map_or_else(|| Ok(Json::default()), |value| Json::checked(what, value.as_bytes()))
}
