//! The source `kinesis`, or `kinesis(stream = Clicks, consumer, batch_size = 100, start = latest)`, with the
//! arguments that every stream's event source mapping has. Reads a trigger on a Kinesis data stream.

use skylift_model::aws::name::StreamName;
use skylift_model::aws::value::{ArnReference, ResourceReference};
use skylift_model::resource;
use skylift_model::source::kinesis::{self, Consumer, Kinesis};

use super::{SourceGrammar, SourceWords};
use crate::errors::Errors;
use crate::mapping::{RecordFields, read_resource_or_arn, stream};
use crate::messages::{self, phrases};
use crate::readers::{read_reference, report_expected};
use crate::tree::{ArgValue, ArgValueKind, Args};

/// The fields of a stream record that the filters of a `kinesis` trigger may name.
const RECORDS: RecordFields =
    RecordFields { source: "kinesis", fields: kinesis::RECORD_FIELDS, values: &[] };

impl SourceGrammar for Kinesis {
    const WORDS: SourceWords = SourceWords {
        names: &[(
            &["kinesis", "stream", "kinesisstream"],
            "write `trigger = kinesis(stream = Clicks)`",
        )],
        keys: &[],
        keys_anywhere: &[],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let stream = args.take_main("stream", read_reference, errors);
        let stream = stream.unwrap_or(Some(ResourceReference::Own));
        let consumer = args.take_flag_or("consumer", Consumer::Own, read_consumer, errors);
        let mapping = stream::read_stream_mapping(args, RECORDS, true, errors);
        let (stream, consumer) = resolve_consumer(args, stream?, consumer, errors)?;
        if matches!(
            stream,
            ResourceReference::Named(_) | ResourceReference::Arn(_) | ResourceReference::Param(_)
        ) {
            stream::check_start(args, "stream", &mapping, errors);
        }
        Some(Self { stream, consumer, mapping })
    }
}

/// Reads the value of `consumer`, which names a consumer that exists already. The word `consumer` without a
/// value, for a consumer that the template creates, is read elsewhere.
fn read_consumer(value: &ArgValue, errors: &mut Errors) -> Option<Consumer> {
    if let ArgValueKind::Path(..) = value.kind {
        return report_expected(phrases::CONSUMER_OR_FLAG, value, errors);
    }
    match read_resource_or_arn(value, phrases::CONSUMER, messages::CONSUMER_ARN_FORM, errors)? {
        ArnReference::Arn(arn) if Consumer::stream_from_arn(&arn).is_some() => {
            Some(Consumer::Arn(arn))
        }
        ArnReference::Param(name) => Some(Consumer::Param(name)),
        ArnReference::Arn(arn) => {
            let message =
                messages::not_the_arn_of(&arn, phrases::CONSUMER, messages::CONSUMER_ARN_FORM);
            errors.push(&value.span, message);
            None
        }
        ArnReference::Declared(_) => None,
    }
}

/// Returns the stream together with its consumer, and checks that the two fit: the ARN of a consumer contains
/// the ARN of its stream. Returns `None` after an error was recorded.
fn resolve_consumer(
    args: &Args,
    stream: ResourceReference<StreamName>,
    consumer: Option<Consumer>,
    errors: &mut Errors,
) -> Option<(ResourceReference<StreamName>, Option<Consumer>)> {
    let existing = match &stream {
        ResourceReference::Arn(arn) if !kinesis::is_stream_arn(arn) => {
            return split_consumer_arn(args, arn, consumer.is_some(), errors);
        }
        ResourceReference::Arn(arn) => Some(arn.as_str()),
        ResourceReference::Named(name) => Some(name.as_str()),
        ResourceReference::Own | ResourceReference::Declared(_) | ResourceReference::Param(_) => {
            None
        }
    };
    let problem = match (&consumer, existing) {
        (Some(Consumer::Arn(arn)), Some(existing)) => Consumer::check_stream(arn, existing),
        (Some(Consumer::Param(_)), None) if stream == ResourceReference::Own => {
            Some(messages::consumer_without_stream())
        }
        _ => None,
    };
    if let Some(message) = problem {
        errors.push(args.span_of("consumer"), message);
        return None;
    }
    match &consumer {
        // Unlike a name, the consumer's ARN also has the account and the region of the stream.
        Some(Consumer::Arn(arn)) if existing.is_some() || stream == ResourceReference::Own => {
            let stream = Consumer::stream_from_arn(arn)?;
            Some((ResourceReference::Arn(stream.to_owned()), consumer))
        }
        _ => Some((stream, consumer)),
    }
}

/// Splits the ARN of a consumer, which the user gave as `stream`, into the stream and the consumer.
/// `has_consumer` is whether the user also set `consumer`, which is an error. Returns `None` after an error was
/// recorded.
fn split_consumer_arn(
    args: &Args,
    arn: &str,
    has_consumer: bool,
    errors: &mut Errors,
) -> Option<(ResourceReference<StreamName>, Option<Consumer>)> {
    let Some(stream) = Consumer::stream_from_arn(arn) else {
        let form = resource::ResourceKind::Stream.example_arn();
        errors.push(args.span_of("stream"), messages::not_a_stream_or_consumer(arn, &form));
        return None;
    };
    if has_consumer {
        errors.push(args.span_of("consumer"), messages::consumer_given_twice());
        return None;
    }
    Some((ResourceReference::Arn(stream.to_owned()), Some(Consumer::Arn(arn.to_owned()))))
}

#[cfg(test)]
mod tests {
    use skylift_model::source::Trigger;

    use super::{Consumer, Kinesis, ResourceReference};
    use crate::source::testing::{rejected, trigger};

    const STREAM: &str = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks";
    const FAST: &str = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks/consumer/fast:17";

    fn kinesis(arguments: &str) -> Kinesis {
        match trigger(&format!("kinesis({arguments})")) {
            Trigger::Kinesis(kinesis) => kinesis,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_stream_is_named_by_path_name_arn_or_parameter() {
        assert_eq!(kinesis("").stream, ResourceReference::Own);
        assert_eq!(
            kinesis("stream = Clicks").stream,
            ResourceReference::Declared("Clicks".to_owned())
        );
        let arn = kinesis(&format!("stream = {STREAM:?}, start = latest"));
        assert_eq!((arn.stream, arn.consumer), (ResourceReference::Arn(STREAM.to_owned()), None));
        for other in [r#""clicks""#, r#"param("Clicks")"#] {
            kinesis(&format!("stream = {other}, start = latest"));
        }
        for (wrong, message) in [
            (r#""a/b""#, "is not a stream name"),
            (
                r#""arn:aws:sqs:eu-west-1:123456789012:jobs""#,
                "is not the ARN of a stream or of a consumer",
            ),
            (
                r#""arn:aws:kinesis:eu-west-1:123456789012:stream/a/b""#,
                "is not the ARN of a stream",
            ),
            (
                r#""arn:aws:kinesis:eu-west-1:123456789012:stream/a/consumer/b""#,
                "is not the ARN of a stream",
            ),
        ] {
            let found = rejected(&format!("kinesis(stream = {wrong}, start = latest)"));
            assert!(found.contains(message), "{wrong}: {found}");
        }
    }

    #[test]
    fn a_stream_outside_the_application_needs_a_starting_position() {
        for stream in
            [r#""clicks""#, r#"param("Clicks")"#, &format!("{STREAM:?}"), &format!("{FAST:?}")]
        {
            let found = rejected(&format!("kinesis(stream = {stream})"));
            assert!(found.starts_with("this stream exists already"), "{found}");
        }
        // A wrong starting position is one error.
        let found = rejected(r#"kinesis(stream = "clicks", start = 3)"#);
        assert!(found.starts_with("a number is neither a starting position"), "{found}");
    }

    #[test]
    fn a_consumer_is_made_by_the_trigger_or_exists_already() {
        assert_eq!(kinesis("stream = Clicks").consumer, None);
        assert_eq!(kinesis("stream = Clicks, consumer = false").consumer, None);
        for own in ["consumer", "consumer = true"] {
            assert_eq!(kinesis(&format!("stream = Clicks, {own}")).consumer, Some(Consumer::Own));
        }
        let fast = Some(Consumer::Arn(FAST.to_owned()));
        assert_eq!(kinesis(&format!("stream = Clicks, consumer = {FAST:?}")).consumer, fast);
        let param = kinesis(r#"stream = Clicks, consumer = param("Fast")"#).consumer;
        assert!(matches!(param, Some(Consumer::Param(name)) if name.as_str() == "Fast"));
        for written in [
            format!("stream = {FAST:?}"),
            format!("consumer = {FAST:?}"),
            format!(r#"stream = "clicks", consumer = {FAST:?}"#),
            format!("stream = {STREAM:?}, consumer = {FAST:?}"),
        ] {
            let read = kinesis(&format!("{written}, start = latest"));
            assert_eq!(
                (read.stream, read.consumer),
                (ResourceReference::Arn(STREAM.to_owned()), fast.clone())
            );
        }
    }

    #[test]
    fn a_wrong_consumer_is_rejected() {
        for (wrong, message) in [
            ("consumer = Fast".to_owned(), "expected `consumer` alone"),
            ("consumer = 3".to_owned(), "expected the path of"),
            (
                format!("consumer = {STREAM:?}"),
                "`arn:aws:kinesis:eu-west-1:123456789012:stream/clicks` is not the ARN of a consumer",
            ),
            (r#"consumer = param("Fast")"#.to_owned(), "the stream of this consumer is missing"),
            (
                format!(r#"stream = "views", consumer = {FAST:?}, start = latest"#),
                "this is a consumer of another stream: `arn:aws:kinesis:eu-west-1:123456789012:stream/clicks`\n\nhelp: leave `stream` out",
            ),
            (
                format!(
                    r#"stream = "arn:aws:kinesis:us-east-1:123456789012:stream/clicks", consumer = {FAST:?}, start = latest"#
                ),
                "this is a consumer of another stream",
            ),
            (format!(r#"stream = "clicks", consumer = {FAST:?}"#), "this stream exists already"),
            (
                format!("stream = {FAST:?}, consumer, start = latest"),
                "`stream` is the ARN of a consumer already",
            ),
        ] {
            let found = rejected(&format!("kinesis({wrong})"));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
    }
}
