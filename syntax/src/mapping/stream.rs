//! What the mappings of streams take beside: `batch_size = 100`, `parallelization = 2`, `bisect`,
//! `max_record_age = "1h"`, `retries = 3`, `start = latest`, `tumbling_window = "1m"`,
//! `on_failure = DeadLetters`.

use skylift_model::aws::mapping::failure_destination;
use skylift_model::aws::mapping::stream::{StartingPosition, StreamMapping};
use skylift_model::aws::value::ArnReference;
use skylift_model::resource::ResourceKind;
use skylift_model::suggest;
use skylift_model::timestamp::{InvalidTimestamp, Timestamp};

use super::{Records, named};
use crate::errors::Errors;
use crate::read;
use crate::tree::{self, Args, Value};

/// The word for a record that comes again for as long as the stream has it.
const FOREVER: &str = "forever";

/// A point in time to start at, for messages.
const TIME: &str = "\"2026-01-01T00:00:00Z\"";

/// Reads the arguments that the mapping of every stream has. `at_timestamp` is whether the source can
/// begin at a point in time.
pub(crate) fn read(
    args: &Args,
    records: Records,
    at_timestamp: bool,
    errors: &mut Errors,
) -> StreamMapping {
    let mapping = StreamMapping {
        batch_size: args.take("batch_size", read::number, errors),
        parallelization_factor: args.take("parallelization", read::number, errors),
        bisect: args.flag("bisect", errors),
        max_record_age: unless_forever(args, "max_record_age", errors, read::seconds),
        retries: unless_forever(args, "retries", errors, read::number),
        start: args.take("start", |value, errors| start(value, at_timestamp, errors), errors),
        tumbling_window: args.take("tumbling_window", read::seconds, errors),
        on_failure: args.take(failure_destination::KEY, on_failure, errors),
        mapping: super::read(args, records, errors),
    };
    if let Some(message) = mapping.check_window() {
        errors.push(args.place_of("parallelization"), message).help("leave one of the two out");
    }
    mapping
}

/// Where a stream that exists is begun is for the user to say; `key` is that which names it.
pub(crate) fn check_start(args: &Args, key: &str, mapping: &StreamMapping, errors: &mut Errors) {
    // A start that was written and is wrong is one message already.
    if !args.has("start")
        && let Some((message, help)) = mapping.check_start()
    {
        errors.push(args.place_of(key), message).help(help);
    }
}

/// A bound that `forever` takes away, as Lambda has it where nothing is said.
fn unless_forever<T>(
    args: &Args,
    key: &'static str,
    errors: &mut Errors,
    read: fn(&Value, &mut Errors) -> Option<T>,
) -> Option<T> {
    let bound = |value: &Value, errors: &mut Errors| {
        if value.word() == Some(FOREVER) {
            return None;
        }
        // As AWS writes it.
        if matches!(value.kind, tree::Kind::Int(-1)) {
            errors
                .push(&value.place, format!("`{key}` has no -1"))
                .help(format!("write `{key} = {FOREVER}`, or leave it out"));
            return None;
        }
        read(value, errors)
    };
    args.take(key, bound, errors)
}

fn start(value: &Value, at_timestamp: bool, errors: &mut Errors) -> Option<StartingPosition> {
    let text = value.word().unwrap_or_default();
    if text.starts_with(|it: char| it.is_ascii_digit()) {
        return point_in_time(text, value, at_timestamp, errors);
    }
    let words = || StartingPosition::NAMES.iter().map(|(word, _)| *word);
    let known = StartingPosition::NAMES.iter().find(|(word, _)| *word == text);
    if known.is_none() {
        let (nor, time) = if at_timestamp {
            (", nor a point in time", format!(", or a time: `{TIME}`"))
        } else {
            ("", String::new())
        };
        let message = format!("{} is not a place to start{nor}", value.describe());
        errors.push(&value.place, message).help(match suggest::nearest(text, words()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("one of {}{time}", suggest::list(words())),
        });
    }
    known.map(|(_, start)| *start)
}

fn point_in_time(
    text: &str,
    value: &Value,
    at_timestamp: bool,
    errors: &mut Errors,
) -> Option<StartingPosition> {
    if !at_timestamp {
        errors
            .push(&value.place, "the stream of a table has no point in time to start at")
            .help("write `start = latest`, or `start = trim_horizon` for all that it holds");
        return None;
    }
    match text.parse::<Timestamp>() {
        Ok(timestamp) => Some(StartingPosition::At(timestamp)),
        Err(error) => {
            errors.push(&value.place, error.to_string()).help(InvalidTimestamp::HELP);
            None
        }
    }
}

/// What the ARNs look like.
fn form() -> String {
    let forms: Vec<String> =
        failure_destination::kinds().into_iter().map(ResourceKind::example_arn).collect();
    format!("an ARN is one as in {}", suggest::list(forms.iter().map(String::as_str)))
}

fn on_failure(value: &Value, errors: &mut Errors) -> Option<ArnReference> {
    let named = named(value, &failure_destination::list_kinds(), &form(), errors)?;
    if let ArnReference::Arn(arn) = &named {
        let Some(kind) = failure_destination::kind_from_arn(arn) else {
            let what = failure_destination::list_kinds();
            errors.push(&value.place, format!("`{arn}` is not the ARN of {what}")).help(form());
            return None;
        };
        if failure_destination::is_fifo_arn(arn) {
            errors.push(&value.place, failure_destination::refused_fifo(kind));
            return None;
        }
    }
    Some(named)
}

#[cfg(test)]
mod tests {
    use skylift_model::source::Trigger;

    use super::{ArnReference, StartingPosition, StreamMapping};
    use crate::source::testing::{refused, trigger};

    fn mapping(arguments: &str) -> StreamMapping {
        match trigger(&format!("kinesis({arguments})")) {
            Trigger::Kinesis(kinesis) => kinesis.mapping,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_argument_is_read() {
        assert_eq!(mapping(""), StreamMapping::default());
        assert_eq!(mapping("").start(), StartingPosition::TrimHorizon);
        let read = mapping(
            r#"batch_size = 10000, parallelization = 10, bisect, max_record_age = "7d", retries = 10000, start = latest, on_failure = Lost, batch_window = "5m""#,
        );
        assert_eq!(read.batch_size.unwrap().get(), 10_000);
        assert_eq!(read.parallelization_factor.unwrap().get(), 10);
        assert_eq!(read.bisect, Some(true));
        assert_eq!(mapping("bisect = false").bisect, Some(false));
        assert_eq!(read.max_record_age.unwrap().get(), 604_800);
        assert_eq!(read.retries.unwrap().get(), 10_000);
        assert_eq!(read.start(), StartingPosition::Latest);
        assert_eq!(read.on_failure, Some(ArnReference::Declared("Lost".to_owned())));
        assert_eq!(read.mapping.batch_window.unwrap().get(), 300);
        let window = mapping(r#"tumbling_window = "15m", parallelization = 1"#);
        assert_eq!(window.tumbling_window.unwrap().get(), 900);
    }

    #[test]
    fn for_ever_is_what_lambda_does_anyway() {
        let forever = mapping(r#"max_record_age = forever, retries = "forever""#);
        assert_eq!(forever, StreamMapping::default());
        for key in ["max_record_age", "retries"] {
            assert_eq!(
                refused(&format!("kinesis({key} = -1)")),
                format!("`{key}` has no -1\n\nhelp: write `{key} = forever`, or leave it out")
            );
        }
    }

    #[test]
    fn every_limit_is_checked() {
        for (wrong, message) in [
            ("batch_size = 0", "batch size of 0 is out of range: AWS takes 1 to 10000"),
            ("batch_size = 10001", "batch size of 10001 is out of range"),
            ("parallelization = 11", "parallelization of 11 is out of range: AWS takes 1 to 10"),
            (
                r#"max_record_age = "59s""#,
                "record age of 59 s is out of range: AWS takes 60 to 604800 s",
            ),
            ("retries = 10001", "number of retries of 10001 is out of range"),
            (r#"batch_window = "301s""#, "batch window of 301 s is out of range"),
            (r#"tumbling_window = "901s""#, "tumbling window of 901 s is out of range"),
            (
                r#"tumbling_window = "1m", parallelization = 2"#,
                "parallelization of 2 with a tumbling window of 60 s",
            ),
        ] {
            let found = refused(&format!("kinesis({wrong})"));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
    }

    #[test]
    fn a_point_in_time_is_for_kinesis_alone() {
        let StartingPosition::At(start) = mapping(r#"start = "2026-01-01T00:00:00Z""#).start()
        else {
            panic!("no timestamp")
        };
        assert_eq!(start.seconds(), 1_767_225_600);
        let found = refused(r#"dynamodb(table = Orders, start = "2026-01-01T00:00:00Z")"#);
        assert!(
            found.starts_with("the stream of a table has no point in time to start at"),
            "{found}"
        );
        let found = refused(r#"kinesis(start = "2026-02-30T00:00:00Z")"#);
        assert!(found.contains("is not a point in time: there is no such day"), "{found}");
        let found = refused("kinesis(start = lastest)");
        assert!(found.ends_with("help: did you mean `latest`?"), "{found}");
        for (wrong, message) in [
            ("3", "a number is not a place to start, nor a point in time"),
            ("at_timestamp", "`at_timestamp` is not a place to start, nor a point in time"),
        ] {
            let help =
                "help: one of `latest` and `trim_horizon`, or a time: `\"2026-01-01T00:00:00Z\"`";
            assert_eq!(
                refused(&format!("kinesis(start = {wrong})")),
                format!("{message}\n\n{help}")
            );
        }
        let found = refused("dynamodb(table = Orders, start = at_timestamp)");
        assert!(found.ends_with("help: one of `latest` and `trim_horizon`"), "{found}");
    }

    #[test]
    fn what_failed_goes_to_a_queue_a_topic_or_a_bucket_without_order() {
        for arn in [
            "arn:aws:sqs:eu-west-1:123456789012:a",
            "arn:aws:sns:eu-west-1:123456789012:a",
            "arn:aws:s3:::a.fifo",
        ] {
            let read = mapping(&format!("on_failure = {arn:?}"));
            assert_eq!(read.on_failure, Some(ArnReference::Arn(arn.to_owned())));
        }
        for (wrong, message) in [
            (r#""lost""#, "`lost` is not the ARN of a queue, a topic or a bucket"),
            (
                r#""arn:aws:kinesis:eu-west-1:123456789012:stream/a""#,
                "`arn:aws:kinesis:eu-west-1:123456789012:stream/a` is not the ARN of a queue",
            ),
            (
                r#""arn:aws:sqs:eu-west-1:12:a/b c""#,
                "`arn:aws:sqs:eu-west-1:12:a/b c` is not the ARN of a queue, a topic or a bucket\n\nhelp: an ARN is one as in `arn:aws:sqs:eu-west-1:123456789012:NAME`",
            ),
            (
                r#""arn:aws:sqs:eu-west-1:123456789012:a.fifo""#,
                "Lambda does not send what failed to a FIFO queue",
            ),
            (
                r#""arn:aws:sns:eu-west-1:123456789012:a.fifo""#,
                "Lambda does not send what failed to a FIFO topic",
            ),
            (
                "3",
                "expected the path of a `#[resource]`, the ARN of a queue, a topic or a bucket in quotes",
            ),
            (
                r#"import("Lost")"#,
                "expected the path of a `#[resource]`, the ARN of a queue, a topic or a bucket in quotes, or `param(\"…\")`, found `import(…)`",
            ),
        ] {
            let found = refused(&format!("kinesis(on_failure = {wrong})"));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
    }
}
