//! Messages about triggers: the resources that triggers name, settings of one function that exclude each other,
//! and what the event source mappings accept.

use crate::aws::limits;
use crate::location::SourceLocation;
use crate::message::Message;
use crate::messages::parameters::limit_help;
use crate::source::waiting_service::WaitingService;
use crate::suggest;

// Triggers that cannot belong to a function that resumes.

/// The help for a trigger of a source that can never invoke a function that resumes.
pub(crate) const RESUME_IN_ANOTHER_FUNCTION: &str = "have it send the work to a second function that resumes: take an `Invoker` of that one, and call its `invoke_async`";

/// Reports that a function that resumes has an HTTP route.
pub(crate) fn route_cannot_resume() -> Message {
    Message::new("a function with an HTTP route cannot resume: the client waits for the response")
        .with_help(RESUME_IN_ANOTHER_FUNCTION)
}

/// Reports that a function that resumes has a trigger on a stream.
pub(crate) fn stream_cannot_resume() -> Message {
    Message::new("a function that resumes cannot keep the order of a stream: the next records would overtake the work that is left")
        .with_help(RESUME_IN_ANOTHER_FUNCTION)
}

/// Reports that a function that resumes has a trigger on a FIFO queue.
pub(crate) fn fifo_queue_cannot_resume() -> Message {
    Message::new("a function that resumes cannot keep the order of a FIFO queue: the next message would overtake the work that is left")
        .with_help("use a standard queue, or leave `resume` out")
}

/// Reports that a function that resumes gets more than one message per invocation. `size` is the batch size
/// that the user set.
pub(crate) fn batch_cannot_resume(size: u32) -> Message {
    Message::new(format!("a batch of {size} messages for a function that resumes, which takes one: the others would wait for its work, and be received again"))
        .with_help("write `batch_size = 1`, or leave it out")
}

// Several triggers.

/// Returns the words with which a message names a function with its location.
pub(crate) fn another_function(handler: &str, origin: &SourceLocation) -> String {
    format!("function `{handler}` at {origin}")
}

/// Returns the words with which a message names another trigger of the same function.
pub(crate) fn same_function() -> String {
    "another trigger of this function".to_owned()
}

/// Reports that a function has two triggers on one event source. `kind` is the kind of the event source:
/// `queue`, `stream` or `table`.
pub(crate) fn two_triggers_on_one_source(kind: &str) -> Message {
    Message::new(format!("this function has a trigger on the same {kind} already"))
        .with_help(format!("Lambda maps a {kind} to a function once: merge the two triggers"))
}

/// Reports that two triggers handle the same route. `other` describes the function whose trigger has the route
/// already.
pub(crate) fn route_taken(route: impl std::fmt::Display, other: &str) -> Message {
    Message::new(format!("route `{route}` is taken by {other}"))
        .with_help("a route has one handler: change the path or the method of one of them")
}

/// Reports that two rules have the same name. `other` describes the function whose trigger has the name
/// already.
pub(crate) fn rule_name_taken(name: &str, other: &str) -> Message {
    Message::new(format!("rule name `{name}` is taken by {other}"))
}

/// Reports that one S3 event could match the filters of two triggers. `other` describes the function of the
/// other trigger.
pub(crate) fn bucket_filters_overlap(other: &str) -> Message {
    Message::new(format!("the filter of this trigger overlaps with that of {other}"))
        .with_help("S3 refuses two notifications of one event: give them prefixes or suffixes that exclude each other, or write `through = event_bridge` in one of them")
}

// HTTP routes.

/// Reports that a function's own timeout is longer than a service waits for its answer.
pub(crate) fn timeout_too_long(
    timeout: u32,
    timeout_parameter: Option<&str>,
    WaitingService { name, behind, seconds }: WaitingService,
) -> Message {
    let help = timeout_parameter.map_or_else(
        || format!("write `timeout = \"{seconds}s\"`, and send the long work to a queue"),
        |parameter| limit_help(parameter, "max", seconds),
    );
    Message::new(format!(
        "timeout of {timeout} s behind {behind}: {name} gives up after {seconds} s"
    ))
    .with_help(help)
}

/// Reports that the default timeout of the application is longer than a service waits for the answer of a function without
/// a timeout of its own.
pub(crate) fn default_timeout_too_long(
    handler: &str,
    timeout: u32,
    timeout_parameter: Option<&str>,
    WaitingService { name, behind, seconds }: WaitingService,
) -> Message {
    let help = timeout_parameter.map_or_else(
        || format!("lower the default, or give that function `timeout = \"{seconds}s\"`"),
        |parameter| limit_help(parameter, "max", seconds),
    );
    Message::new(format!(
        "the default timeout of {timeout} s applies to `{handler}`, which is behind {behind}: {name} gives up after {seconds} s"
    ))
    .with_help(help)
}

// Buckets.

/// Reports that the user's properties of a bucket set notifications, which would replace those of the triggers. `list` is
/// the property with these notifications.
pub(crate) fn properties_replace_notifications(bucket: &str, list: &str) -> Message {
    Message::new(format!(
        "the `properties` of `{bucket}` set notifications, which would replace the generated ones"
    ))
    .with_help(format!("leave `{list}` out of them: Skylift sets all that it needs"))
}

/// Reports that the user's properties of a bucket do not send its events to EventBridge, which a trigger needs.
pub(crate) fn properties_replace_eventbridge(bucket: &str) -> Message {
    Message::new(format!(
        "the `properties` of `{bucket}` do not send its events to EventBridge, which is needed here"
    ))
    .with_help("leave `EventBridgeConfiguration` out of them: Skylift turns it on")
}

/// Reports that a trigger on an existing bucket says that its events come through EventBridge.
pub(crate) fn through_of_existing_bucket() -> Message {
    Message::new(
        "`through` has no effect: the events of an existing bucket always come through EventBridge",
    )
    .with_help("leave `through` out")
}

/// Reports that an existing bucket does not send an event type. `event` is an event type of S3 that EventBridge
/// does not have.
pub(crate) fn event_of_existing_bucket(event: &str) -> Message {
    Message::new(format!("an existing bucket does not send `{event}`"))
        .with_help("its events come through EventBridge, which does not have this type: let the template create the bucket")
}

/// Reports that a bucket without versions never sends an event type about delete markers.
pub(crate) fn event_of_unversioned_bucket(event: &str, bucket: &str) -> Message {
    Message::new(format!("{bucket} keeps no versions, and so never sends `{event}`"))
        .with_help("write `ObjectRemoved:Delete`, or make the bucket `versioned`")
}

/// Describes the bucket of a trigger by the identifier of its struct. `None` is a bucket of the function's own.
pub(crate) fn describe_bucket(ident: Option<&str>) -> String {
    ident
        .map_or_else(|| "the function's own bucket".to_owned(), |ident| format!("bucket `{ident}`"))
}

// Event source mappings.

/// Reports that a batch of one record has a batch window. `window` is in seconds.
pub(crate) fn window_of_one_record(window: u32) -> Message {
    Message::new(format!(
        "a batch window of {window} s has no effect: a batch of one record does not wait for others"
    ))
    .with_help("leave `batch_window` out, or raise `batch_size`")
}

/// Reports that the batch size of a function that resumes, which takes one message at a time, is a parameter.
pub(crate) fn batch_parameter_cannot_resume(key: &str) -> Message {
    Message::new(format!(
        "`{key}` is a parameter: a function that resumes takes one message at a time, whatever its value is"
    ))
    .with_help(format!("leave `{key}` out"))
}

/// Reports that a function that resumes, which takes one message at a time, has a setting of larger batches.
pub(crate) fn batch_setting_cannot_resume(key: &str) -> Message {
    Message::new(format!(
        "`{key}` has no effect: a function that resumes takes one message at a time"
    ))
    .with_help(format!("leave `{key}` out"))
}

/// Reports that the runtime would process more messages at the same time than a batch has.
pub(crate) fn batch_concurrency_beyond_batch(concurrency: u32, size: u32) -> Message {
    Message::new(format!(
        "batch concurrency of {concurrency} has no effect: a batch has at most {size} messages"
    ))
    .with_help(format!("write `batch_concurrency = {size}`, or raise `batch_size`"))
}

/// Reports that a batch of one record is to be split.
pub(crate) fn split_of_one_record() -> Message {
    Message::new("`bisect` has no effect: a batch of one record cannot be split")
        .with_help("leave `bisect` out, or raise `batch_size`")
}

/// Reports that Lambda gives up records at an age at which the stream does not have them any more. Both times are in
/// seconds.
pub(crate) fn record_age_beyond_retention(age: u32, retention: u32) -> Message {
    Message::new(format!(
        "a record age of {age} s has no effect: the stream keeps its records for {retention} s"
    ))
    .with_help("leave `max_record_age` out, or lower it")
}

/// Reports that a filter is about a key that a table does not have. `known` are the keys of the table.
pub(crate) fn filter_of_no_key(name: &str, table: &str, known: &[&str]) -> Message {
    let known = suggest::list(known.iter().copied());
    Message::new(format!("no record matches this filter: `{name}` is no key of `{table}`"))
        .with_help(format!("`Keys` has {known}: other attributes are in `NewImage` and `OldImage`"))
}

/// Reports that a filter is about an image of the item that the table's stream does not have. `records` are the
/// words for what the stream has.
pub(crate) fn filter_of_missing_image(image: &str, table: &str, stream: &str) -> Message {
    Message::new(format!(
        "no record matches this filter: the records of `{table}` have no `{image}` with `stream = {stream}`"
    ))
    .with_help(format!("write `stream = new_and_old` in the `table(…)` of `{table}`"))
}

// Queues.

/// Reports that the batch size of a trigger is larger than a FIFO queue accepts.
pub(crate) fn fifo_batch_size(size: u32) -> Message {
    let limit = limits::SQS_FIFO_BATCH_SIZE;
    Message::new(format!("batch size of {size} on a FIFO queue, which takes at most {limit}"))
}

/// Reports that a trigger on a FIFO queue has a batch window.
pub(crate) fn fifo_batch_window() -> Message {
    Message::new("batch window on a FIFO queue, which takes none")
}

/// Reports that the batch size of a trigger on a queue is larger than Lambda accepts without a batch window.
pub(crate) fn batch_needs_window(size: u32) -> Message {
    let limit = limits::SQS_BATCH_SIZE_WITHOUT_WINDOW;
    Message::new(format!(
        "batch size of {size} needs a batch window: without one, a batch has at most {limit} messages"
    ))
    .with_help("write `batch_window = \"5s\"`")
}

/// Reports that the messages of a queue become visible again before the function's timeout is over. `visible`
/// is the visibility timeout of the queue `ident`, in seconds.
pub(crate) fn visible_before_timeout(ident: &str, visible: u32, timeout: u32) -> Message {
    let times = limits::SQS_VISIBILITY_ADVISED_TIMEOUTS;
    let advised = timeout * times;
    Message::new(format!("messages of `{ident}` are visible again after {visible} s, before this function's timeout of {timeout} s is over"))
        .with_help(format!("Lambda refuses such a queue: give `{ident}` a visibility of {advised} s, {times} times the timeout, or lower the timeout"))
}

/// Reports that a queue keeps messages for a shorter time than the visibility timeout that the template gives it.
/// Both times are in seconds.
pub(crate) fn gone_before_retry(ident: &str, retention: u32, visibility: u32) -> Message {
    let times = limits::SQS_VISIBILITY_ADVISED_TIMEOUTS;
    Message::new(format!("`{ident}` keeps messages for {retention} s and hides a received one for {visibility} s, {times} times this function's timeout: a message that fails is gone before it is received again"))
        .with_help(format!("raise the `retention` of `{ident}`, or lower the timeout"))
}

// Streams of Kinesis and of tables.

/// Reports that a trigger has a tumbling window and a parallelization factor above 1. `window` is in seconds.
pub(crate) fn parallel_tumbling_window(factor: u32, window: u32) -> Message {
    Message::new(format!("parallelization factor of {factor} with a tumbling window of {window} s: Lambda keeps one state for each shard, and processes one batch of it at a time"))
        .with_help("leave one of the two out")
}

/// Reports that a trigger on an existing stream has no starting position.
pub(crate) fn existing_stream_needs_start() -> Message {
    Message::new(
        "this stream exists already, and may hold records that were never meant for this function",
    )
    .with_help(
        "say where to begin: `start = latest`, or `start = trim_horizon` for all that it holds",
    )
}

/// Reports that the consumer of a trigger belongs to another stream than the trigger names. `stream` is the ARN
/// of the consumer's stream.
pub(crate) fn consumer_of_another_stream(stream: &str) -> Message {
    Message::new(format!("this is a consumer of another stream: `{stream}`"))
        .with_help("leave `stream` out: the consumer's ARN names it")
}

/// Reports that a trigger names an existing consumer of the stream `ident`, which the template creates.
pub(crate) fn consumer_of_new_stream(ident: &str, origin: &SourceLocation) -> Message {
    Message::new(format!(
        "stream `{ident}` (declared at {origin}) is created with the stack, and has no consumer yet"
    ))
    .with_help("write `consumer` alone for one of the function's own")
}

/// Reports that a trigger names the table `ident`, which has no stream.
pub(crate) fn table_without_stream(ident: &str, origin: &SourceLocation) -> Message {
    Message::new(format!("table `{ident}` (declared at {origin}) has no stream"))
        .with_help(format!("turn it on: `stream = new_and_old` in the `table(…)` of `{ident}`"))
}

/// The help for a trigger on a table that exists already: the trigger has to name the stream of the table.
pub(crate) const NAME_THE_STREAM: &str = "name the stream itself: `table = \"arn:aws:dynamodb:…:table/orders/stream/…\"` or `param(\"…\")`";

/// Reports that a trigger names the existing table `ident`: the ARN of its stream is not known.
pub(crate) fn stream_of_existing_table(ident: &str, origin: &SourceLocation) -> Message {
    Message::new(format!(
        "table `{ident}` (declared at {origin}) exists already, and the ARN of its stream is not known"
    ))
    .with_help(NAME_THE_STREAM)
}

// Failure destinations.

/// Reports that Lambda cannot send failed records to a FIFO queue or topic. `kind` is `queue` or `topic`.
pub(crate) fn fifo_failure_destination(kind: &str) -> Message {
    Message::new(format!("Lambda cannot send failed records to a FIFO {kind}"))
}

/// Reports that a declared failure destination is a FIFO queue or topic. `kind` is `queue` or `topic`, `noun`
/// is the same word with its article, and `origin` is the location of the declaration.
pub(crate) fn declared_fifo_failure_destination(
    kind: &str,
    noun: &str,
    origin: &SourceLocation,
) -> Message {
    let text = fifo_failure_destination(kind).text;
    Message::new(format!("{text} (declared at {origin})"))
        .with_help(format!("name {noun} without `fifo`"))
}

/// Reports that AWS IoT cannot send to a FIFO queue or topic. `kind` is `queue` or `topic`, `noun` is the same word with its
/// article, and `origin` is the location of the declaration.
pub(crate) fn fifo_error_action(kind: &str, noun: &str, origin: &SourceLocation) -> Message {
    Message::new(format!("AWS IoT cannot send to a FIFO {kind} (declared at {origin})"))
        .with_help(format!("name {noun} without `fifo`"))
}

// Paths into payloads. `{rest}` is the part of the path after its `$`.

/// Reports that the dead-letter queue of a trigger is a FIFO queue.
pub(crate) fn fifo_dead_letters() -> Message {
    Message::new(
        "`dead_letters` of a trigger cannot be a FIFO queue: the events have no message group",
    )
    .with_help("name a standard queue")
}

/// The help for a JSON path that begins in the event of a batch.
pub(crate) const BATCH_ADVICE: &str = "take one record at a time, so that the path begins in the record, or write `$.Records[0]{rest}` for the first";

/// The help for a JSON path into the event at the end of a tumbling window.
pub(crate) const WINDOW_ADVICE: &str =
    "write `key = [\"$.shardId\", \"$.window.start\"]`, or `$.state{rest}` for the state";

/// The help for a JSON path into the event of a bucket.
pub(crate) const S3_EVENT_ADVICE: &str =
    "take an `S3EventRecord` and write `$.s3.object{rest}`, which is the same for every bucket";

/// The help for a JSON path into a record of a bucket's event.
pub(crate) const S3_RECORD_ADVICE: &str = "write `$.s3.object{rest}` for a field of the object";

/// The help for a JSON path into a record of a table's stream.
pub(crate) const TABLE_RECORD_ADVICE: &str =
    "write `$.dynamodb.Keys{rest}.S` for a text of the item's key, `.N` for a number";

/// The help for a JSON path into the event of a schedule.
pub(crate) const SCHEDULE_ADVICE: &str = "write `$.id`, or `$.time` for the time of the tick";

/// The help for a JSON path into an event of EventBridge.
pub(crate) const EVENT_ADVICE: &str =
    "write `$.detail{rest}` for a field of the event's detail, or `$.id` for the event";

/// The help for a JSON path into an HTTP request.
pub(crate) const REQUEST_ADVICE: &str = "write `$.body{rest}` for what is in the body";

/// The reason why a whole HTTP request cannot be an idempotency key, followed by the help.
pub(crate) const REQUESTS_ARE_UNIQUE: (&str, &str) = (
    "no two HTTP requests are the same: each has its own id and time",
    "write `$.body`, or `$.headers['idempotency-key']`",
);
