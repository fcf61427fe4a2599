//! [`LogRecord`]: an entry of a log, with its JSON decoded as a type of the user, and with the facts about the entry.

use std::ops::Deref;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde::de::DeserializeOwned;

use super::raw_entry::{RawEntries, RawEntry};
use crate::Error;
use crate::invocation::decode;
use crate::messages;

/// An entry of a log whose message is the JSON of a `T`.
///
/// A `LogRecord<T>` dereferences to the `T`. Its methods return the facts that CloudWatch Logs sends with the entry.
/// Mirrors "Using CloudWatch Logs with Lambda" of the AWS Lambda Developer Guide.
///
/// ```
/// use serde::Deserialize;
/// use skylift::event::LogRecord;
/// use skylift::{Error, function};
///
/// #[function(log_format = json)]
/// async fn fetch() -> Result<(), Error> {
///     Ok(())
/// }
///
/// #[derive(Deserialize)]
/// struct Line { level: String, message: String }
///
/// #[function(trigger = logs(group = fetch, filter = "{ $.level = ERROR }"))]
/// async fn alert(line: LogRecord<Line>) -> Result<(), Error> {
///     println!("{} in {}", line.message, line.log_group());
///     Ok(())
/// }
///
/// // In a test, make one by hand.
/// let line = Line { level: "ERROR".into(), message: "disk full".into() };
/// let line = LogRecord::new(line).with_log_group("/aws/lambda/fetch");
/// assert_eq!((line.level.as_str(), line.log_group()), ("ERROR", "/aws/lambda/fetch"));
/// # let _ = alert(line);
/// # let _ = fetch();
/// ```
#[derive(Clone, Debug)]
pub struct LogRecord<T> {
    content: T,
    log_group: Arc<str>,
    log_stream: Arc<str>,
    id: String,
    timestamp: SystemTime,
}

impl<T> LogRecord<T> {
    /// Makes an entry for tests of a handler. Its time is the current time.
    pub fn new(content: T) -> Self {
        Self {
            content,
            log_group: Arc::default(),
            log_stream: Arc::default(),
            id: String::new(),
            timestamp: SystemTime::now(),
        }
    }

    /// Sets the name of the log group.
    #[must_use]
    pub fn with_log_group(self, log_group: impl Into<Arc<str>>) -> Self {
        Self { log_group: log_group.into(), ..self }
    }

    /// Sets the name of the log stream.
    #[must_use]
    pub fn with_log_stream(self, log_stream: impl Into<Arc<str>>) -> Self {
        Self { log_stream: log_stream.into(), ..self }
    }

    /// Sets the id of the entry.
    #[must_use]
    pub fn with_id(self, id: impl Into<String>) -> Self {
        Self { id: id.into(), ..self }
    }

    /// Sets the time of the entry.
    #[must_use]
    pub fn with_timestamp(self, timestamp: SystemTime) -> Self {
        Self { timestamp, ..self }
    }

    /// Returns the decoded message without the other facts about the entry.
    pub fn into_inner(self) -> T {
        self.content
    }

    /// Returns the name of the log group, such as `/aws/lambda/fetch`.
    pub fn log_group(&self) -> &str {
        &self.log_group
    }

    /// Returns the name of the log stream. Each execution environment of a function writes to a stream of its own.
    pub fn log_stream(&self) -> &str {
        &self.log_stream
    }

    /// Returns the id of the entry, which is the same on every delivery of the entry.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the time at which the entry was written, to the millisecond.
    pub fn timestamp(&self) -> SystemTime {
        self.timestamp
    }
}

impl<T: DeserializeOwned> LogRecord<T> {
    /// Decodes the message of an entry.
    pub(super) fn read(entry: &RawEntry<'_>, entries: &RawEntries<'_>) -> Result<Self, Error> {
        let content = decode::decode_text(&entry.message)
            .map_err(|error| error.with_context(messages::batch::log_message()))?;
        Ok(Self {
            content,
            log_group: Arc::clone(&entries.log_group),
            log_stream: Arc::clone(&entries.log_stream),
            id: entry.id.clone().into_owned(),
            timestamp: from_milliseconds(entry.timestamp),
        })
    }
}

/// Converts milliseconds since 1970 to a time. A number that is no valid time becomes 1970.
fn from_milliseconds(milliseconds: i64) -> SystemTime {
    let since = Duration::from_millis(u64::try_from(milliseconds).unwrap_or_default());
    SystemTime::UNIX_EPOCH.checked_add(since).unwrap_or(SystemTime::UNIX_EPOCH)
}

impl<T> Deref for LogRecord<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.content
    }
}
