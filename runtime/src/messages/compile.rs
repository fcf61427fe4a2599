//! Messages of the compiler about a handler: the texts of assertions that are evaluated in constants.

/// Reports that a trigger sets `tumbling_window`, and the handler takes no window.
pub(crate) const fn window_not_taken() -> &'static str {
    "the trigger sets `tumbling_window`, but the handler takes no window; help: take a `Window<S, …>`, into \
     which the runtime folds the records, or remove the key"
}

/// Reports that a handler takes a window, and its trigger does not set `tumbling_window`.
pub(crate) const fn window_not_set() -> &'static str {
    "the handler takes a window, but its trigger sets none; help: add `tumbling_window = \"1m\"` to the trigger"
}

/// Reports that a parameter of a handler is a capability under a name, such as a type alias, by which the build
/// step cannot recognise it.
pub(crate) const fn capability_under_another_name() -> &'static str {
    "this is a capability under another name, which the build step does not know: write `Reader`, `Writer`, \
     `ReadWriter`, `DownloadSigner`, `UploadSigner`, `Sender`, `Publisher`, `Putter`, `Starter` or `Invoker`, and the resource's own name"
}

/// Reports that a path in an attribute or a capability leads to another resource than the name in its last
/// segment says.
pub(crate) const fn another_resource() -> &'static str {
    "this path leads to another resource than its last segment names; help: use the resource's own name"
}

/// Reports that a function triggered by events returns a streamed response, which nothing would read.
pub(crate) const fn streamed_response_not_read() -> &'static str {
    "a function triggered by events cannot stream its response: nothing would read it; help: return \
     `Result<(), Error>`, and write the output to a bucket or a table"
}

/// Reports that an idempotent function returns a streamed response, which cannot be stored.
pub(crate) const fn streamed_response_not_stored() -> &'static str {
    "a streamed response cannot be stored for `idempotent`; help: return the whole response, or write large \
     output to a bucket"
}

/// Reports that the table for a function's idempotency has no TTL attribute, so that its records would never
/// expire.
pub(crate) const fn table_without_ttl() -> &'static str {
    "the items of this table do not expire; help: set `ttl` on the table"
}

/// Reports that a function with `resume` takes one record of an S3 event at a time.
pub(crate) const fn records_cannot_resume() -> &'static str {
    "each record of the event would be work of its own that resumes separately; help: take the whole `S3Event`"
}

/// Reports that a function with `resume` takes a whole batch of messages.
pub(crate) const fn batch_cannot_resume() -> &'static str {
    "the response to a whole batch names the messages to deliver again, and work that resumes later cannot \
     answer for them; help: take a `Message<T>` or an `SqsMessage`, one message at a time"
}

/// Reports that a path names another authorizer than the build step found.
#[cfg(feature = "http")]
pub(crate) const fn another_authorizer() -> &'static str {
    "this path leads to another authorizer than its last segment names; help: use the authorizer's own name"
}

/// Reports that a handler takes the event of a schedule, and the schedule sends a constant input instead.
pub(crate) const fn scheduled_event_with_input() -> &'static str {
    "`input` replaces the event of the schedule, so that this handler gets no `ScheduledEvent`; help: take a type \
     of your own with the fields of `input`, or remove `input`"
}
