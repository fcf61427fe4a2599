//! Messages about the arguments of sources, and about several triggers of one function.

use std::fmt::Display;

use skylift_model::message::Message;

use super::{LEAVE_ONE_OUT, did_you_mean, list, one_of, phrases, values};

/// Reports that the value of `trigger` is not a source. `found` describes the value, `meant` is what to write for it, if
/// that is certain, and `sources` are the known sources.
pub(crate) fn source_expected(found: &str, meant: Option<&str>, sources: &[&str]) -> Message {
    let help = meant.map_or_else(|| list_sources(sources), |meant| format!("write `{meant}`"));
    values::expected(phrases::SOURCE, found).with_help(help)
}

/// Reports that `owner` has a text without a key. `found` describes it, and `meant` is the trigger to write for it, if
/// that is certain.
pub(crate) fn text_in_place_of_trigger(owner: &str, found: &str, meant: Option<&str>) -> Message {
    let message = super::key_expected(owner, found, None);
    match meant {
        Some(meant) => message.with_help(format!("write `{meant}`")),
        None => message,
    }
}

/// Reports that `trigger` names an unknown source. `sources` are the known sources, and `familiar` is the help for a
/// familiar word.
pub(crate) fn unknown_source(name: &str, sources: &[&str], familiar: Option<&str>) -> Message {
    let help = match familiar {
        Some(help) => help.to_owned(),
        None => did_you_mean(name, sources, list_sources),
    };
    Message::new(format!("unknown source `{name}`")).with_help(help)
}

/// Returns the help that lists the known sources.
fn list_sources(sources: &[&str]) -> String {
    format!("the sources are {}", list(sources))
}

// Triggers beside each other.

/// Reports that one handler has triggers for requests and for events. `request_source` is the source of the
/// requests, `request` is the noun for a request in messages, and `event_source` is the source of the events.
pub(crate) fn event_beside_requests(
    request_source: &str,
    request: &str,
    event_source: &str,
) -> Message {
    Message::new(format!(
        "a handler for `{request_source}` cannot take the events of `{event_source}` as well"
    ))
    .with_help(format!(
        "its parameters are taken from {request}: write a second function for the other events"
    ))
}

/// Reports that a trigger whose event the user defines shares its function with another trigger. `source` is
/// the source of the trigger.
pub(crate) fn custom_event_beside_trigger(source: &str) -> Message {
    Message::new(format!(
        "`{source}` with an event of your own cannot share a function with another trigger: the handler could not tell their events apart"
    ))
    .with_help("write a second function")
}

/// Reports that a handler that takes whole batches has a batch concurrency. `records` are the event types that
/// are one record of a batch, which the handler could take instead.
pub(crate) fn concurrency_of_whole_batch(key: &str, event: &str, records: &[&str]) -> Message {
    let records: Vec<String> = records.iter().map(|record| format!("`{record}`")).collect();
    Message::new(format!("`{event}` is a whole batch, and `{key}` is about single records"))
        .with_help(format!(
            "leave `{key}` out, or take one record at a time: {}",
            records.join(" or ")
        ))
}

/// Reports that a handler of one record, an `event`, returns the response of a batch.
pub(crate) fn batch_response_of_record(event: &str, response: &str) -> Message {
    Message::new(format!(
        "the runtime reports which records of a batch failed, and would drop this `{response}`"
    ))
    .with_help(format!("return `Result<(), Error>`: an error fails this `{event}` alone"))
}

/// Reports that two triggers of one function set different batch concurrencies. `number` and `other` are the
/// two numbers.
pub(crate) fn two_batch_concurrencies(key: &str, number: u32, other: u32) -> Message {
    Message::new(format!("`{key}` of {number}, but another trigger of this function has {other}"))
        .with_help("write the same number for both, or write a second function")
}

// `s3`.

/// Reports that a trigger on an existing bucket has an event type that EventBridge does not have.
pub(crate) fn event_of_existing_bucket(event: &str) -> Message {
    Message::new(format!("a bucket outside the application does not send `{event}`")).with_help(
        "its events come through EventBridge, which has no such event: declare the bucket with `#[resource(bucket)]`",
    )
}

/// Reports that a trigger on an existing bucket says that its events come through EventBridge.
pub(crate) fn through_of_existing_bucket() -> Message {
    Message::new("`through` has no effect: the events of a bucket outside the application always come through EventBridge")
        .with_help("leave `through` out")
}

/// Reports that EventBridge does not have an event type of S3.
pub(crate) fn event_not_in_eventbridge(event: &str) -> Message {
    Message::new(format!("EventBridge has no event `{event}`"))
        .with_help("leave `through` out: the bucket then notifies the function itself")
}

/// Reports that an event type of S3 is written without quotes. `event` is the event type that `word` means, if it is
/// certain.
pub(crate) fn bucket_event_without_quotes(word: &str, event: Option<&str>) -> Message {
    values::not_a_string(
        phrases::STRING,
        &format!("`{word}`"),
        Some(event.unwrap_or("ObjectCreated:*")),
    )
}

/// Reports that `text` is not an event type of S3. `word` is `text` without `s3:`, `meant` is the event type that it
/// means in another tool, and `known` are all event types.
pub(crate) fn unknown_bucket_event(
    text: &str,
    word: &str,
    meant: Option<&str>,
    known: &[&str],
) -> Message {
    let help = match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => did_you_mean(word, known, |_| {
            "write one such as `ObjectCreated:*` or `ObjectRemoved:Delete`".to_owned()
        }),
    };
    Message::new(format!("`{text}` is not an event of S3")).with_help(help)
}

/// Reports that one event can be of two event types of a trigger. `event` and `other` are the two event types.
pub(crate) fn overlapping_events(event: &str, other: &str) -> Message {
    Message::new(format!("`{event}` overlaps with `{other}`"))
        .with_help("S3 rejects two notifications of one event: leave the narrower kind out")
}

/// Reports that the list `events` of a trigger is empty.
pub(crate) fn no_events() -> Message {
    "`events` is empty: leave it out to get every created object".into()
}

// `http`.

/// Reports that an `http` trigger has a path but no method.
pub(crate) fn path_without_method() -> Message {
    Message::new("a path needs a method").with_help("write `method = GET`, or `ANY` for all")
}

/// Reports that an `http` trigger has a method but no path.
pub(crate) fn method_without_path() -> Message {
    Message::new("a method needs a path").with_help("write `path = \"/…\"`")
}

/// Reports that an `http` trigger has its route both as one text and as `method` and `path`.
pub(crate) fn route_in_two_forms() -> Message {
    Message::new("the route is given in two forms")
        .with_help("write either `http(\"GET /path\")` or `http(method = GET, path = \"/path\")`")
}

/// Reports that a text is not a route, which is a method and a path.
pub(crate) fn not_a_route(text: &str) -> Message {
    let path_of_url = text.split_once("://").and_then(|(_, rest)| rest.split_once('/'));
    let path = match path_of_url {
        Some((_, path)) => &format!("/{path}"),
        None if text.starts_with('/') => text,
        None => "/path",
    };
    Message::new(format!("`{text}` is not a route, which is a method and a path"))
        .with_help(format!("write `GET {path}`"))
}

/// Reports that the source of a trigger is in parentheses: `trigger(s3)`. `source` is the name of the source, if the
/// user wrote one.
pub(crate) fn trigger_in_parentheses(source: Option<&str>) -> Message {
    let source = source.unwrap_or("s3");
    Message::new("`trigger` takes its source after a `=`")
        .with_help(format!("write `trigger = {source}` or `trigger = {source}(…)`"))
}

/// Reports that the error type of an HTTP handler is a response with the status 200. `name` is the name of the type.
pub(crate) fn error_without_status(name: &str) -> Message {
    Message::new(format!(
        "`{name}` as the error of an HTTP handler is a response with the status 200"
    ))
    .with_help(match name {
        "()" => "return `StatusCode`, `(StatusCode, String)` or `skylift::Error`".to_owned(),
        _ => format!("return `(StatusCode, {name})`, `StatusCode` or `skylift::Error`"),
    })
}

/// Reports that the error type of an HTTP handler is a redirect. The runtime replaces an error whose status is below 400
/// by a 500.
pub(crate) fn error_is_a_redirect() -> Message {
    Message::new("`Redirect` as the error of an HTTP handler is a response with a status below 400")
        .with_help("return it as `Ok`: write `Result<Redirect, skylift::Error>`, or\n`Result<Response, skylift::Error>` with `Ok(Redirect::to(…).into_response())`")
}

/// Reports that a word is not an HTTP method that a route can have. `known` are the accepted methods.
pub(crate) fn unknown_http_method(word: &str, known: &[&str]) -> Message {
    Message::new(format!("`{word}` is not an HTTP method that a route takes"))
        .with_help(did_you_mean(word, known, one_of))
}

/// Reports that a `Path` extractor takes another number of parameters than the route has. `count` is the number
/// that the extractor takes, and `names` are the parameters of the route.
pub(crate) fn path_parameters_differ(
    count: usize,
    route: impl Display,
    path: &str,
    names: &[&str],
) -> Message {
    let help = match names {
        [] => format!("add one to the path, as `{}/{{id}}`", path.trim_end_matches('/')),
        [name] => format!("the route's parameter is `{name}`"),
        names => format!("the route's parameters are {}", list(names)),
    };
    Message::new(format!(
        "this `Path` takes {}, route `{route}` has {}",
        count_parameters(count),
        count_parameters(names.len())
    ))
    .with_help(help)
}

/// Returns the number of parameters as words for a message: `one parameter`.
fn count_parameters(count: usize) -> String {
    match count {
        0 => "no parameter".to_owned(),
        1 => "one parameter".to_owned(),
        many => format!("{many} parameters"),
    }
}

// `schedule`.

/// Reports that a `schedule` trigger has no expression.
pub(crate) fn schedule_without_expression() -> Message {
    Message::new("`schedule` needs an expression")
        .with_help("write `schedule(\"rate(5 minutes)\")`")
}

/// Reports that the short form of a schedule is in parentheses: `schedule("rate(5 minutes)")`.
pub(crate) fn schedule_in_parentheses() -> Message {
    Message::new("`schedule` takes its expression after a `=`").with_help(
        "write `schedule = \"rate(5 minutes)\"`, or with arguments `trigger = schedule(\"rate(5 minutes)\", …)`",
    )
}

/// Reports that a `schedule` trigger has more than one expression.
pub(crate) fn schedule_with_two_expressions() -> Message {
    Message::new("`schedule` takes one expression")
        .with_help("write a second `trigger = schedule(…)`")
}

// `sqs`.

// `kinesis`.

/// The help that shows the form of the ARN of a stream's consumer.
pub(crate) const CONSUMER_ARN_FORM: &str = "the ARN of a consumer looks like `arn:aws:kinesis:eu-west-1:123456789012:stream/NAME/consumer/NAME:1700000000`; for a consumer of the function's own, write `consumer` alone";

/// Reports that a `kinesis` trigger names an existing consumer without its stream.
pub(crate) fn consumer_without_stream() -> Message {
    Message::new("the stream of this consumer is missing").with_help("add `stream = …`")
}

/// Reports that a `kinesis` trigger has the ARN of a consumer as its stream and also sets `consumer`.
pub(crate) fn consumer_given_twice() -> Message {
    Message::new("`stream` is the ARN of a consumer already").with_help(LEAVE_ONE_OUT)
}

/// Reports that an ARN belongs neither to a stream nor to a consumer. `form` is an example of the ARN of a
/// stream.
pub(crate) fn not_a_stream_or_consumer(text: &str, form: &str) -> Message {
    Message::new(format!("`{text}` is not the ARN of a stream or of a consumer"))
        .with_help(values::arn_form("a stream", form))
}

// `dynamodb`.

/// Reports that a `dynamodb` trigger names no table.
pub(crate) fn table_missing() -> Message {
    Message::new(TABLE_MISSING).with_help(
        "write `dynamodb(table = Orders)`, with a `#[resource(table(key = \"id\", stream = new_and_old))]` of that name",
    )
}

/// Reports that the trigger names its table without the key `table`. `name` is the value that the user wrote
/// without a key.
pub(crate) fn table_without_key(name: &str) -> Message {
    Message::new(TABLE_MISSING).with_help(format!("write `table = {name}`"))
}

const TABLE_MISSING: &str = "`dynamodb` needs the table whose changes it delivers";

/// Reports that the trigger names an existing table in place of the table's stream. `help` says how to name the
/// stream.
pub(crate) fn table_in_place_of_its_stream(help: &str) -> Message {
    Message::new("the ARN of a table's stream does not follow from the table").with_help(help)
}
