//! The arguments that the event source mappings of all streams share: `batch_size = 100`,
//! `parallelization_factor = 2`, `bisect`, `max_record_age = "1h"`, `retries = 3`, `start = latest`,
//! `tumbling_window = "1m"` and `on_failure = DeadLetters`, beside the arguments of [every
//! mapping](super::read_mapping).
// See decision 0040.

use skylift_model::aws::mapping::stream::{StartingPosition, StreamBatchSize, StreamMapping};
use skylift_model::aws::mapping::{failure_destination, keys};
use skylift_model::aws::value::ArnReference;
use skylift_model::number_setting::{NumberParameters, NumberSetting};
use skylift_model::resource::ResourceKind;
use skylift_model::suggest;
use skylift_model::timestamp::Timestamp;

use super::{RecordFields, read_mapping, read_resource_or_arn};
use crate::errors::Errors;
use crate::messages::{self, FamiliarWords};
use crate::readers::{read_number, read_seconds, take_number};
use crate::tree::{ArgValue, ArgValueKind, Args};

/// The word that removes the limit on how often or how long Lambda retries a failed record.
const FOREVER: &str = "forever";

/// AWS's words for the key of the position at which a mapping begins to read.
pub(crate) const START_WORDS: &[FamiliarWords] = &[
    (
        &["startingposition", "startposition", "position", "startfrom"],
        "write `start = latest`, or `start = trim_horizon` for all that the stream holds",
    ),
    (&["startingpositiontimestamp"], "write `start = \"2026-01-01T00:00:00Z\"`"),
];

/// AWS's words for the other keys of a stream's mapping.
pub(super) const WORDS: &[FamiliarWords] = &[
    (&["bisectbatchonfunctionerror", "bisectbatchonerror"], "write `bisect`"),
    (&["maximumretryattempts", "maxretries", "retryattempts", "retry"], "write `retries = 3`"),
    (
        &["maximumrecordageinseconds", "maximumrecordage", "recordage", "maxage"],
        "write `max_record_age = \"1h\"`",
    ),
    (
        &["destinationconfig", "onfailuredestination", "dlq", "deadletters"],
        "write `on_failure = Lost`, the path of a queue, a topic or a bucket",
    ),
];

/// AWS's words for the keys of tumbling windows.
const WINDOW_WORDS: &[FamiliarWords] =
    &[(&["tumblingwindowinseconds", "window"], "write `tumbling_window = \"1m\"`")];

/// Reads the arguments that the event source mapping of every stream has. `records` are the fields that a
/// filter may name. `takes_timestamp` is whether a mapping of the source can begin at a point in time.
pub(crate) fn read_stream_mapping(
    args: &Args,
    records: RecordFields,
    takes_timestamp: bool,
    errors: &mut Errors,
) -> StreamMapping {
    args.explain(START_WORDS);
    args.explain(WORDS);
    args.explain(WINDOW_WORDS);
    let start = |value: &ArgValue, errors: &mut Errors| read_start(value, takes_timestamp, errors);
    let mut parameters = NumberParameters::default();
    let batch_size = take_number(args, keys::BATCH_SIZE, read_number, &mut parameters, errors);
    let parallelization_factor =
        take_number(args, keys::PARALLELIZATION_FACTOR, read_number, &mut parameters, errors);
    let bisect = args.take_flag("bisect", errors);
    let max_record_age =
        take_limit(args, keys::MAX_RECORD_AGE, read_seconds, &mut parameters, errors);
    let retries = take_limit(args, keys::RETRIES, read_number, &mut parameters, errors);
    let start = args.take("start", start, errors);
    let tumbling_window =
        take_number(args, keys::TUMBLING_WINDOW, read_seconds, &mut parameters, errors);
    let on_failure = args.take(failure_destination::KEY, read_on_failure, errors);
    let mut mapping = read_mapping(args, records, errors);
    mapping.from_parameters.add(parameters);
    let mapping = StreamMapping {
        batch_size,
        parallelization_factor,
        bisect,
        max_record_age,
        retries,
        start,
        tumbling_window,
        on_failure,
        mapping,
    };
    if let Some(message) = mapping.check_window() {
        errors.push(args.span_of("parallelization_factor"), message);
    }
    let batch_size = mapping.batch_size.map(StreamBatchSize::get);
    if let Some(message) = mapping.mapping.check_window(batch_size) {
        errors.push(args.span_of("batch_window"), message);
    }
    if let Some(message) = mapping.check_bisect() {
        errors.push(args.span_of("bisect"), message);
    }
    mapping
}

/// Checks that the user sets `start` for a stream that exists already. `key` is the key that names the stream.
pub(crate) fn check_start(args: &Args, key: &str, mapping: &StreamMapping, errors: &mut Errors) {
    // A start that is written and wrong has its message already.
    if !args.has_key("start")
        && let Some(message) = mapping.check_start()
    {
        errors.push(args.span_of(key), message);
    }
}

/// Reads a key whose value is a limit, or `forever` for no limit. Returns `None` if the key is not set or is
/// `forever`, and Lambda then has no limit either. Also returns `None` after an error was recorded.
pub(super) fn take_limit<T: NumberSetting>(
    args: &Args,
    key: &'static str,
    read: fn(&ArgValue, &mut Errors) -> Option<T>,
    parameters: &mut NumberParameters,
    errors: &mut Errors,
) -> Option<T> {
    let read_limit = |value: &ArgValue, errors: &mut Errors| {
        if value.word() == Some(FOREVER) {
            return None;
        }
        // AWS writes -1 for no limit.
        if matches!(value.kind, ArgValueKind::Int(-1)) {
            errors.push(&value.span, messages::minus_one_for_no_limit(key, FOREVER));
            return None;
        }
        read(value, errors)
    };
    take_number(args, key, read_limit, parameters, errors)
}

/// Reads the value of `start`: a starting position or a point in time. `takes_timestamp` is whether a mapping
/// of the source can begin at a point in time. Returns `None` after an error was recorded.
pub(crate) fn read_start(
    value: &ArgValue,
    takes_timestamp: bool,
    errors: &mut Errors,
) -> Option<StartingPosition> {
    let text = value.word().unwrap_or_default();
    if text.starts_with(|it: char| it.is_ascii_digit()) {
        return read_timestamp(text, value, takes_timestamp, errors);
    }
    let known = StartingPosition::NAMES.iter().find(|(word, _)| *word == text);
    if known.is_none() {
        let words = StartingPosition::NAMES.map(|(word, _)| word);
        let message = messages::unknown_start(&value.describe(), text, &words, takes_timestamp);
        errors.push(&value.span, message);
    }
    known.map(|(_, start)| *start)
}

/// Reads a point in time as the value of `start`. `takes_timestamp` is whether a mapping of the source can
/// begin at a point in time. Returns `None` after an error was recorded.
fn read_timestamp(
    text: &str,
    value: &ArgValue,
    takes_timestamp: bool,
    errors: &mut Errors,
) -> Option<StartingPosition> {
    if !takes_timestamp {
        errors.push(&value.span, messages::start_at_a_time_in_a_table());
        return None;
    }
    match text.parse::<Timestamp>() {
        Ok(timestamp) => Some(StartingPosition::At(timestamp)),
        Err(error) => {
            errors.push(&value.span, error);
            None
        }
    }
}

/// Returns the help that shows the forms of the ARNs of failure destinations.
fn list_destination_arns() -> String {
    let forms: Vec<String> =
        failure_destination::kinds().into_iter().map(ResourceKind::example_arn).collect();
    messages::arn_forms(&suggest::list(forms.iter().map(String::as_str)))
}

/// Reads the value of `on_failure`, which names a failure destination. Returns `None` after an error was
/// recorded.
pub(super) fn read_on_failure(value: &ArgValue, errors: &mut Errors) -> Option<ArnReference> {
    let named = read_resource_or_arn(
        value,
        &failure_destination::list_kinds(),
        &list_destination_arns(),
        errors,
    )?;
    if let ArnReference::Arn(arn) = &named {
        let Some(kind) = failure_destination::kind_from_arn(arn) else {
            let message = messages::not_the_arn_of(
                arn,
                &failure_destination::list_kinds(),
                &list_destination_arns(),
            );
            errors.push(&value.span, message);
            return None;
        };
        if failure_destination::is_fifo_arn(arn) {
            errors.push(&value.span, failure_destination::fifo_message(kind));
            return None;
        }
    }
    Some(named)
}

#[cfg(test)]
mod tests {
    use skylift_model::source::Trigger;

    use super::{ArnReference, StartingPosition, StreamMapping};
    use crate::source::testing::{rejected, trigger};

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
            r#"batch_size = 10000, parallelization_factor = 10, bisect, max_record_age = "7d", retries = 10000, start = latest, on_failure = Lost, batch_window = "5m""#,
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
        let window = mapping(r#"tumbling_window = "15m", parallelization_factor = 1"#);
        assert_eq!(window.tumbling_window.unwrap().get(), 900);
    }

    #[test]
    fn forever_is_the_default() {
        let forever = mapping(r#"max_record_age = forever, retries = "forever""#);
        assert_eq!(forever, StreamMapping::default());
        for key in ["max_record_age", "retries"] {
            assert_eq!(
                rejected(&format!("kinesis({key} = -1)")),
                format!(
                    "`{key}` does not take -1\n\nhelp: write `{key} = forever`, or leave it out"
                )
            );
        }
    }

    #[test]
    fn the_old_name_of_parallelization_factor_suggests_the_new_one() {
        assert_eq!(
            rejected("kinesis(parallelization = 2)"),
            "unknown key `parallelization` in `kinesis`\n\nhelp: did you mean `parallelization_factor`?"
        );
    }

    #[test]
    fn every_limit_is_checked() {
        for (wrong, message) in [
            ("batch_size = 0", "batch size of 0 is out of range: AWS takes 1 to 10000"),
            ("batch_size = 10001", "batch size of 10001 is out of range"),
            (
                "parallelization_factor = 11",
                "parallelization factor of 11 is out of range: AWS takes 1 to 10",
            ),
            (
                r#"max_record_age = "59s""#,
                "record age of 59 s is out of range: AWS takes 60 to 604800 s",
            ),
            ("retries = 10001", "number of retries of 10001 is out of range"),
            (r#"batch_window = "301s""#, "batch window of 301 s is out of range"),
            (r#"tumbling_window = "901s""#, "tumbling window of 901 s is out of range"),
            (
                r#"tumbling_window = "1m", parallelization_factor = 2"#,
                "parallelization factor of 2 with a tumbling window of 60 s",
            ),
        ] {
            let found = rejected(&format!("kinesis({wrong})"));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
    }

    #[test]
    fn only_kinesis_can_start_at_a_point_in_time() {
        let StartingPosition::At(start) = mapping(r#"start = "2026-01-01T00:00:00Z""#).start()
        else {
            panic!("no timestamp")
        };
        assert_eq!(start.seconds(), 1_767_225_600);
        let found = rejected(r#"dynamodb(table = Orders, start = "2026-01-01T00:00:00Z")"#);
        assert!(
            found.starts_with("the stream of a table cannot start at a point in time"),
            "{found}"
        );
        let found = rejected(r#"kinesis(start = "2026-02-30T00:00:00Z")"#);
        assert!(found.contains("is not a point in time: there is no such day"), "{found}");
        let found = rejected("kinesis(start = lastest)");
        assert!(found.ends_with("help: did you mean `latest`?"), "{found}");
        for (wrong, message) in [
            ("3", "a number is neither a starting position nor a point in time"),
            ("at_timestamp", "`at_timestamp` is neither a starting position nor a point in time"),
        ] {
            let help =
                "help: one of `latest` and `trim_horizon`, or a time: `\"2026-01-01T00:00:00Z\"`";
            assert_eq!(
                rejected(&format!("kinesis(start = {wrong})")),
                format!("{message}\n\n{help}")
            );
        }
        let found = rejected("dynamodb(table = Orders, start = at_timestamp)");
        assert!(found.ends_with("help: one of `latest` and `trim_horizon`"), "{found}");
    }

    #[test]
    fn on_failure_takes_a_queue_a_topic_or_a_bucket_but_no_fifo() {
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
                "`arn:aws:sqs:eu-west-1:12:a/b c` is not the ARN of a queue, a topic or a bucket\n\nhelp: an ARN looks like `arn:aws:sqs:eu-west-1:123456789012:NAME`",
            ),
            (
                r#""arn:aws:sqs:eu-west-1:123456789012:a.fifo""#,
                "Lambda cannot send failed records to a FIFO queue",
            ),
            (
                r#""arn:aws:sns:eu-west-1:123456789012:a.fifo""#,
                "Lambda cannot send failed records to a FIFO topic",
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
            let found = rejected(&format!("kinesis(on_failure = {wrong})"));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
    }

    #[test]
    fn settings_of_larger_batches_have_an_effect() {
        mapping(r#"batch_size = 2, batch_window = "5s", bisect"#);
        mapping("batch_size = 1, bisect = false");
        for (wrong, message) in [
            (r#"batch_size = 1, batch_window = "5s""#, "a batch window of 5 s has no effect"),
            ("batch_size = 1, bisect", "`bisect` has no effect: a batch of one record"),
        ] {
            let found = rejected(&format!("kinesis({wrong})"));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
    }
}
