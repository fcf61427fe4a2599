//! [`Context`]: the information about one invocation besides its event, such as the request id and the
//! deadline. The Lambda host reads it from the headers of the runtime API, and the local host makes it up.
//! Handlers take it as a parameter.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use serde::de::IgnoredAny;
use serde_json::Value;

use crate::{Error, messages};

/// The information that Lambda gives about an invocation and about the function.
///
/// A handler takes a `Context` as a parameter after its event. Cloning is cheap. Mirrors "Lambda context" of the
/// AWS Lambda Developer Guide.
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

/// The deadline margin of a function that sets none: the time before the deadline that is kept to report the
/// result.
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

/// The text fields of a context. All of them are in one allocation, because every invocation makes them anew.
#[derive(Clone, Debug, Default)]
pub(crate) struct ContextFields {
    /// The texts one after another, in UTF-8, nearly always ASCII. The UTF-8 is checked again when a handler
    /// reads a field, which is rare.
    all: Vec<u8>,
    /// The position in `all` at which each text ends.
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

    /// Returns a field, empty if it was not set.
    fn get(&self, text: ContextField) -> &str {
        std::str::from_utf8(self.get_bytes(text)).unwrap_or_default()
    }

    /// Returns the bytes of a field, which are UTF-8.
    fn get_bytes(&self, text: ContextField) -> &[u8] {
        let start = (text as usize).checked_sub(1).map_or(0, |before| self.ends[before]);
        self.all.get(start..self.ends[text as usize]).unwrap_or_default()
    }

    /// Returns a field, or `None` if it is empty.
    fn get_non_empty(&self, text: ContextField) -> Option<&str> {
        Some(self.get(text)).filter(|text| !text.is_empty())
    }

    /// Replaces the value of one field.
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

/// The information about the function that is the same for every invocation of a process.
#[derive(Clone, Debug)]
pub(crate) struct DeployedFunction {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) memory_limit_mb: u32,
    pub(crate) log_group: String,
    pub(crate) log_stream: String,
}

impl Context {
    /// Makes a context for tests of a handler. The function is named `test` and has 128 MB, and the deadline is
    /// in 15 minutes.
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

    /// Makes a context with the default deadline margin.
    pub(crate) fn from_parts(parts: ContextParts) -> Self {
        Self(Arc::new(parts), DEFAULT_DEADLINE_MARGIN)
    }

    /// Returns whether `self` and `other` are contexts of the same invocation.
    #[cfg(feature = "_invocation")]
    pub(crate) fn is_same_invocation(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Sets the time that is left until the deadline.
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

    /// Sets the tenant that the invocation is for.
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

    /// Changes the parts of this context, and leaves its clones unchanged.
    fn change(mut self, change: impl FnOnce(&mut ContextParts)) -> Self {
        change(Arc::make_mut(&mut self.0));
        self
    }

    /// Returns the id of this invocation. The id is the same in the logs and in the headers of the response. It
    /// stays the same when Lambda retries an asynchronous event.
    #[must_use]
    pub fn request_id(&self) -> &str {
        self.0.fields.get(ContextField::RequestId)
    }

    /// Returns the bytes of the request id, for requests to the runtime API.
    pub(crate) fn request_id_bytes(&self) -> &[u8] {
        self.0.fields.get_bytes(ContextField::RequestId)
    }

    /// Returns the ARN by which the caller invoked the function. It ends with an alias or a version if the
    /// caller named one.
    #[must_use]
    pub fn invoked_function_arn(&self) -> &str {
        self.0.fields.get(ContextField::FunctionArn)
    }

    /// Returns the name of the function in AWS.
    #[must_use]
    pub fn function_name(&self) -> &str {
        &self.0.function.name
    }

    /// Returns the version of the function; `$LATEST` if no version was published.
    #[must_use]
    pub fn function_version(&self) -> &str {
        &self.0.function.version
    }

    /// Returns the memory of the function, in MB.
    #[must_use]
    pub fn memory_limit_mb(&self) -> u32 {
        self.0.function.memory_limit_mb
    }

    /// Returns the `CloudWatch` Logs group that the function writes to.
    #[must_use]
    pub fn log_group(&self) -> &str {
        &self.0.function.log_group
    }

    /// Returns the log stream of this process.
    #[must_use]
    pub fn log_stream(&self) -> &str {
        &self.0.function.log_stream
    }

    /// Returns the tenant that the invocation is for; `None` if the function has no tenant isolation.
    #[must_use]
    pub fn tenant_id(&self) -> Option<&str> {
        self.0.fields.get_non_empty(ContextField::TenantId)
    }

    /// Returns the X-Ray trace header of this invocation (`Root=…;Parent=…;Sampled=…`); `None` if the
    /// invocation has none.
    ///
    /// The environment variable `_X_AMZN_TRACE_ID`, in which other runtimes store it, is not set: a process
    /// has one environment, and may run several invocations at once. The clients of capabilities send the
    /// header by themselves. A client that you make yourself does not.
    #[must_use]
    pub fn trace_id(&self) -> Option<&str> {
        self.0.fields.get_non_empty(ContextField::TraceId)
    }

    /// Returns the time at which Lambda ends the invocation, even if the handler has not returned.
    #[must_use]
    pub fn deadline(&self) -> SystemTime {
        self.0.deadline
    }

    /// Returns the time left until the [deadline](Self::deadline); zero after the deadline.
    #[must_use]
    pub fn remaining(&self) -> Duration {
        self.0.deadline.duration_since(SystemTime::now()).unwrap_or_default()
    }

    /// Returns the deadline margin: the time before the [deadline](Self::deadline) at which the runtime stops a
    /// handler that it calls for each record, or again and again. The runtime needs that time to report the
    /// records that were handled, or to hand over the rest of the work. The margin is the function's
    /// `deadline_margin`; by default 500 ms, and for a function that resumes 2 s, or half its timeout if that
    /// is less.
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

    /// Returns the client context that the caller of a direct invocation sent; `None` if it sent none.
    #[must_use]
    pub fn client_context(&self) -> Option<&Value> {
        self.0.client_context.value()
    }

    /// Returns the Amazon Cognito identity that authorized the request, from the AWS Mobile SDK; `None` if the
    /// invocation has none.
    #[must_use]
    pub fn identity(&self) -> Option<&Value> {
        self.0.identity.value()
    }
}

/// JSON that is decoded when a handler first reads it: few handlers read it.
#[derive(Clone, Debug, Default)]
pub(crate) struct LazyJson {
    raw: Option<Box<str>>,
    value: OnceLock<Option<Value>>,
}

impl LazyJson {
    /// Validates the JSON of a header, and leaves the decoding to the first use. Any caller of a function can
    /// send such a header, so an invalid header must fail only the invocation of its caller. `what` names the
    /// header in the error.
    pub(crate) fn parse(what: &str, raw: &[u8]) -> Result<Self, Error> {
        let text = std::str::from_utf8(raw)
            .map_err(|why| messages::invocation::invalid_context(what, &why))?;
        serde_json::from_str::<IgnoredAny>(text)
            .map_err(|why| messages::invocation::invalid_context(what, &why))?;
        Ok(Self { raw: Some(text.into()), value: OnceLock::new() })
    }

    /// Decodes the JSON on the first call, and returns it; `None` if there is no JSON.
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
