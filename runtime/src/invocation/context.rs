//! [`Context`]: what the host knows of one invocation besides its event. The Lambda host reads it from the
//! headers of the runtime API, the local host makes it up; handlers that ask for it get it.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use serde::de::IgnoredAny;
use serde_json::Value;

use crate::{Error, messages};

/// What Lambda knows of the invocation and of the function that runs it.
///
/// A handler takes it as a parameter after its event. Cloning is cheap. Mirrors "Lambda context" of the AWS
/// Lambda Developer Guide.
///
/// ```
/// use std::time::Duration;
/// use skylift::{Context, Error, function};
///
/// #[function(timeout = "5m")]
/// async fn import(context: Context) -> Result<(), Error> {
///     while context.remaining() > Duration::from_secs(1) {
///         // one more page
/// #       break;
///     }
///     Ok(())
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Context(Arc<ContextParts>, Duration);

/// The parts of a [`Context`], which a host fills in.
#[derive(Clone, Debug)]
pub(crate) struct ContextParts {
    pub(crate) fields: ContextFields,
    pub(crate) deadline: SystemTime,
    pub(crate) client_context: LazyJson,
    pub(crate) identity: LazyJson,
    pub(crate) function: Arc<DeployedFunction>,
}

/// The time before the deadline that is kept for the report, if the function sets none.
pub(crate) const DEFAULT_DEADLINE_MARGIN: Duration = Duration::from_millis(500);

/// The parts of a [`Context`] that are text.
#[derive(Clone, Copy)]
pub(crate) enum ContextField {
    RequestId,
    FunctionArn,
    TraceId,
    TenantId,
}

impl ContextField {
    const COUNT: usize = Self::TenantId as usize + 1;
}

/// All of these in one allocation, since each invocation makes them anew.
#[derive(Clone, Debug, Default)]
pub(crate) struct ContextFields {
    /// UTF-8, nearly always ASCII. It is validated again when a handler asks for it, which is rare.
    all: Vec<u8>,
    ends: [usize; ContextField::COUNT],
}

impl ContextFields {
    /// Stores the fields, in the order of [`ContextField`]. Invalid UTF-8 is replaced.
    pub(crate) fn new(texts: [&[u8]; ContextField::COUNT]) -> Self {
        let mut all = Vec::with_capacity(texts.iter().map(|text| text.len()).sum());
        let ends = texts.map(|text| {
            all.extend_from_slice(text);
            all.len()
        });
        if all.is_ascii() || std::str::from_utf8(&all).is_ok() {
            return Self { all, ends };
        }
        let texts = texts.map(String::from_utf8_lossy);
        Self::new(texts.each_ref().map(|text| text.as_bytes()))
    }

    fn get(&self, text: ContextField) -> &str {
        let start = (text as usize).checked_sub(1).map_or(0, |before| self.ends[before]);
        let bytes = self.all.get(start..self.ends[text as usize]).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// Returns a field, if it is not empty.
    fn get_non_empty(&self, text: ContextField) -> Option<&str> {
        Some(self.get(text)).filter(|text| !text.is_empty())
    }

    fn set(&mut self, text: ContextField, value: &str) {
        let all = [
            ContextField::RequestId,
            ContextField::FunctionArn,
            ContextField::TraceId,
            ContextField::TenantId,
        ];
        let texts = all.map(|it| if it as usize == text as usize { value } else { self.get(it) });
        *self = Self::new(texts.map(str::as_bytes));
    }
}

/// What is the same for every invocation of a process.
#[derive(Clone, Debug)]
pub(crate) struct DeployedFunction {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) memory_limit_mb: u32,
    pub(crate) log_group: String,
    pub(crate) log_stream: String,
}

impl Context {
    /// Makes a context for tests of a handler: of a function named `test` with 128 MB, and 15 minutes before
    /// the deadline.
    ///
    /// ```
    /// use std::time::Duration;
    /// use skylift::Context;
    ///
    /// let context = Context::new("request-1").with_remaining(Duration::from_secs(3));
    /// assert!(context.remaining() <= Duration::from_secs(3));
    /// ```
    pub fn new(request_id: impl Into<String>) -> Self {
        let function = DeployedFunction {
            name: "test".into(),
            version: "$LATEST".into(),
            memory_limit_mb: 128,
            log_group: "/aws/lambda/test".into(),
            log_stream: "test".into(),
        };
        Self::from_parts(ContextParts {
            fields: ContextFields::new([
                request_id.into().as_bytes(),
                b"arn:aws:lambda:us-east-1:000000000000:function:test",
                b"",
                b"",
            ]),
            deadline: SystemTime::now() + Duration::from_mins(15),
            client_context: LazyJson::default(),
            identity: LazyJson::default(),
            function: Arc::new(function),
        })
    }

    pub(crate) fn from_parts(parts: ContextParts) -> Self {
        Self(Arc::new(parts), DEFAULT_DEADLINE_MARGIN)
    }

    /// Whether both are contexts of the same invocation.
    #[cfg(feature = "_invocation")]
    pub(crate) fn is_same_invocation(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Sets the time that is left.
    #[must_use]
    pub fn with_remaining(self, remaining: Duration) -> Self {
        self.change(|parts| parts.deadline = SystemTime::now() + remaining)
    }

    /// Sets the deadline margin.
    #[must_use]
    pub fn with_deadline_margin(self, margin: Duration) -> Self {
        Self(self.0, margin)
    }

    /// Sets the function's ARN.
    #[must_use]
    pub fn with_invoked_function_arn(self, arn: impl Into<String>) -> Self {
        self.change(|parts| parts.fields.set(ContextField::FunctionArn, &arn.into()))
    }

    /// Sets the trace header.
    #[must_use]
    pub fn with_trace_id(self, trace_id: impl Into<String>) -> Self {
        self.change(|parts| parts.fields.set(ContextField::TraceId, &trace_id.into()))
    }

    /// Sets the tenant.
    #[must_use]
    pub fn with_tenant_id(self, tenant_id: impl Into<String>) -> Self {
        self.change(|parts| parts.fields.set(ContextField::TenantId, &tenant_id.into()))
    }

    /// Sets the client context.
    #[must_use]
    pub fn with_client_context(self, value: Value) -> Self {
        self.change(|parts| parts.client_context = LazyJson::from(value))
    }

    /// Sets the Cognito identity.
    #[must_use]
    pub fn with_identity(self, value: Value) -> Self {
        self.change(|parts| parts.identity = LazyJson::from(value))
    }

    fn change(mut self, change: impl FnOnce(&mut ContextParts)) -> Self {
        change(Arc::make_mut(&mut self.0));
        self
    }

    /// The id of this invocation. It is the same in the logs and in the headers of the response, and when
    /// Lambda retries an asynchronous event.
    #[must_use]
    pub fn request_id(&self) -> &str {
        self.0.fields.get(ContextField::RequestId)
    }

    /// The ARN that the caller used, with its alias or version if it named one.
    #[must_use]
    pub fn invoked_function_arn(&self) -> &str {
        self.0.fields.get(ContextField::FunctionArn)
    }

    /// The function's name in AWS.
    #[must_use]
    pub fn function_name(&self) -> &str {
        &self.0.function.name
    }

    /// The function's version; `$LATEST` if no version was published.
    #[must_use]
    pub fn function_version(&self) -> &str {
        &self.0.function.version
    }

    /// The memory of the function, in MB.
    #[must_use]
    pub fn memory_limit_mb(&self) -> u32 {
        self.0.function.memory_limit_mb
    }

    /// The `CloudWatch` Logs group that the function writes to.
    #[must_use]
    pub fn log_group(&self) -> &str {
        &self.0.function.log_group
    }

    /// The log stream of this process.
    #[must_use]
    pub fn log_stream(&self) -> &str {
        &self.0.function.log_stream
    }

    /// The tenant that the invocation is for, if the function has tenant isolation.
    #[must_use]
    pub fn tenant_id(&self) -> Option<&str> {
        self.0.fields.get_non_empty(ContextField::TenantId)
    }

    /// The X-Ray trace header of this invocation (`Root=…;Parent=…;Sampled=…`).
    ///
    /// The environment variable `_X_AMZN_TRACE_ID`, in which other runtimes store it, is not set: a process
    /// has one environment, and may run several invocations at once. The clients of capabilities send the
    /// header by themselves. A client that you make yourself does not.
    #[must_use]
    pub fn trace_id(&self) -> Option<&str> {
        self.0.fields.get_non_empty(ContextField::TraceId)
    }

    /// The time at which Lambda ends the invocation, finished or not.
    #[must_use]
    pub fn deadline(&self) -> SystemTime {
        self.0.deadline
    }

    /// The time left until the [deadline](Self::deadline); zero after it.
    #[must_use]
    pub fn remaining(&self) -> Duration {
        self.0.deadline.duration_since(SystemTime::now()).unwrap_or_default()
    }

    /// The time before the [deadline](Self::deadline) at which the runtime stops a handler that it calls for
    /// each record, or again and again: it needs that time to report what was done, or to hand over the rest.
    /// It is the function's `deadline_margin`; by default 500 ms, and for a function that resumes 2 s, or
    /// half its timeout if that is less.
    ///
    /// A handler that is called once is stopped with an error 20 ms before its timeout. It may stop by itself
    /// earlier:
    ///
    /// ```
    /// use skylift::{Context, Error, function};
    ///
    /// #[function(timeout = "5m", deadline_margin = "2s")]
    /// async fn import(context: Context) -> Result<u32, Error> {
    ///     let mut pages = 0;
    ///     while context.remaining() > context.deadline_margin() {
    ///         pages += 1; // one more page
    /// #       break;
    ///     }
    ///     Ok(pages)
    /// }
    /// ```
    #[must_use]
    pub fn deadline_margin(&self) -> Duration {
        self.1
    }

    /// The client context that the caller of a direct invocation sent.
    #[must_use]
    pub fn client_context(&self) -> Option<&Value> {
        self.0.client_context.value()
    }

    /// The Amazon Cognito identity that authorized the request, from the AWS Mobile SDK.
    #[must_use]
    pub fn identity(&self) -> Option<&Value> {
        self.0.identity.value()
    }
}

/// JSON that is decoded on first use: few handlers use it.
#[derive(Clone, Debug, Default)]
pub(crate) struct LazyJson {
    raw: Option<Box<str>>,
    value: OnceLock<Option<Value>>,
}

impl LazyJson {
    /// Validates the JSON of a header without decoding it further. Any caller can send these headers, so a
    /// mistake in them must fail only that caller's invocation.
    pub(crate) fn parse(what: &str, raw: &[u8]) -> Result<Self, Error> {
        let text = std::str::from_utf8(raw)
            .map_err(|why| messages::invocation::invalid_context(what, &why))?;
        serde_json::from_str::<IgnoredAny>(text)
            .map_err(|why| messages::invocation::invalid_context(what, &why))?;
        Ok(Self { raw: Some(text.into()), value: OnceLock::new() })
    }

    fn value(&self) -> Option<&Value> {
        let decode = || self.raw.as_deref().and_then(|raw| serde_json::from_str(raw).ok());
        self.value.get_or_init(decode).as_ref()
    }
}

impl From<Value> for LazyJson {
    fn from(value: Value) -> Self {
        Self { raw: None, value: OnceLock::from(Some(value)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_that_has_passed_leaves_no_time() {
        let context = Context::new("1").with_remaining(Duration::ZERO);
        assert_eq!(context.remaining(), Duration::ZERO);
    }

    #[test]
    fn invalid_utf_8_is_replaced_without_shifting_other_fields() {
        let texts = ContextFields::new([b"id", b"a\xffn", b"", b"tenant"]);
        assert_eq!(texts.get(ContextField::RequestId), "id");
        assert_eq!(texts.get(ContextField::FunctionArn), "a\u{fffd}n");
        assert_eq!(
            (texts.get_non_empty(ContextField::TraceId), texts.get(ContextField::TenantId)),
            (None, "tenant")
        );
    }

    #[test]
    fn a_client_context_is_decoded_on_first_use() {
        let json = LazyJson::parse("client context", br#"{"custom":{"a":"1"}}"#).unwrap();
        assert!(json.value.get().is_none());
        assert_eq!(json.value().unwrap()["custom"]["a"], "1");
    }

    #[test]
    fn a_malformed_client_context_is_an_error_that_names_it() {
        let error = LazyJson::parse("client context", b"{custom").unwrap_err();
        assert!(error.to_string().starts_with("client context: key must be"), "{error}");
        assert!(LazyJson::parse("client context", &[0xff]).is_err());
    }

    #[test]
    fn changing_a_clone_does_not_change_the_original() {
        let first = Context::new("1");
        let second = first.clone().with_trace_id("Root=1");
        assert_eq!((first.trace_id(), second.trace_id()), (None, Some("Root=1")));
    }
}
