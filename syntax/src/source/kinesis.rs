//! `kinesis`, `kinesis(stream = Clicks, consumer, batch_size = 100, start = latest)`, and what every
//! stream's mapping takes.

use skylift_model::aws::name::StreamName;
use skylift_model::aws::value::{ArnReference, ResourceReference};
use skylift_model::resource;
use skylift_model::source::kinesis::{self, Consumer, Kinesis};

use super::Written;
use crate::errors::Errors;
use crate::mapping::{self, Records};
use crate::read;
use crate::tree::{Args, Kind, Value};

/// What its filters are about.
const RECORDS: Records = Records { source: "kinesis", fields: kinesis::RECORD_FIELDS };

/// What the ARN of a consumer looks like.
const CONSUMER_FORM: &str = "the ARN of a consumer is one as in `arn:aws:kinesis:eu-west-1:123456789012:stream/NAME/consumer/NAME:1700000000`; write `consumer` alone for one of the function's own";

impl Written for Kinesis {
    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let stream =
            args.given("stream", read::reference, errors).unwrap_or(Some(ResourceReference::Own));
        let consumer = args.flag_or("consumer", Consumer::Own, consumer, errors);
        let mapping = mapping::stream::read(args, RECORDS, true, errors);
        let (stream, consumer) = with_consumer(args, stream?, consumer, errors)?;
        if matches!(
            stream,
            ResourceReference::Named(_) | ResourceReference::Arn(_) | ResourceReference::Param(_)
        ) {
            mapping::stream::check_start(args, "stream", &mapping, errors);
        }
        Some(Self { stream, consumer, mapping })
    }
}

/// A consumer that exists, where it is not `consumer` for one of the trigger's own.
fn consumer(value: &Value, errors: &mut Errors) -> Option<Consumer> {
    if let Kind::Path(..) = value.kind {
        return read::expected(
            "`consumer` alone, the ARN of a consumer in quotes, or `param(\"…\")`",
            value,
            errors,
        );
    }
    match mapping::named(value, "a consumer", CONSUMER_FORM, errors)? {
        ArnReference::Arn(arn) if Consumer::stream_from_arn(&arn).is_some() => {
            Some(Consumer::Arn(arn))
        }
        ArnReference::Param(name) => Some(Consumer::Param(name)),
        ArnReference::Arn(arn) => {
            errors
                .push(&value.place, format!("`{arn}` is not the ARN of a consumer"))
                .help(CONSUMER_FORM);
            None
        }
        ArnReference::Declared(_) => None,
    }
}

/// The stream with its consumer: the ARN of a consumer says which stream it is of.
fn with_consumer(
    args: &Args,
    stream: ResourceReference<StreamName>,
    consumer: Option<Consumer>,
    errors: &mut Errors,
) -> Option<(ResourceReference<StreamName>, Option<Consumer>)> {
    let given = match &stream {
        ResourceReference::Arn(arn) if !kinesis::is_stream_arn(arn) => {
            return of_consumer(args, arn, consumer.is_some(), errors);
        }
        ResourceReference::Arn(arn) => Some(arn.as_str()),
        ResourceReference::Named(name) => Some(name.as_str()),
        ResourceReference::Own | ResourceReference::Declared(_) | ResourceReference::Param(_) => {
            None
        }
    };
    let wrong = match (&consumer, given) {
        (Some(Consumer::Arn(arn)), Some(given)) => Consumer::check_stream(arn, given),
        (Some(Consumer::Param(_)), None) if stream == ResourceReference::Own => {
            let message = "this consumer's stream is not named".to_owned();
            Some((message, "name it too: `stream = …`"))
        }
        _ => None,
    };
    if let Some((message, help)) = wrong {
        errors.push(args.place_of("consumer"), message).help(help);
        return None;
    }
    match &consumer {
        // The ARN says account and region too.
        Some(Consumer::Arn(arn)) if given.is_some() || stream == ResourceReference::Own => {
            let of = Consumer::stream_from_arn(arn)?;
            Some((ResourceReference::Arn(of.to_owned()), consumer))
        }
        _ => Some((stream, consumer)),
    }
}

/// The stream of a consumer that is named in its place.
fn of_consumer(
    args: &Args,
    arn: &str,
    twice: bool,
    errors: &mut Errors,
) -> Option<(ResourceReference<StreamName>, Option<Consumer>)> {
    let Some(of) = Consumer::stream_from_arn(arn) else {
        let form = resource::ResourceKind::Stream.example_arn();
        errors
            .push(
                args.place_of("stream"),
                format!("`{arn}` is not the ARN of a stream or of a consumer"),
            )
            .help(format!("the ARN of a stream is one as in `{form}`"));
        return None;
    };
    if twice {
        errors
            .push(args.place_of("consumer"), "the stream is given by the ARN of a consumer already")
            .help("leave one of the two out");
        return None;
    }
    Some((ResourceReference::Arn(of.to_owned()), Some(Consumer::Arn(arn.to_owned()))))
}

#[cfg(test)]
mod tests {
    use skylift_model::source::Trigger;

    use super::{Consumer, Kinesis, ResourceReference};
    use crate::source::testing::{refused, trigger};

    const STREAM: &str = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks";
    const FAST: &str = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks/consumer/fast:17";

    fn kinesis(arguments: &str) -> Kinesis {
        match trigger(&format!("kinesis({arguments})")) {
            Trigger::Kinesis(kinesis) => kinesis,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_stream_is_named_in_every_way() {
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
            let found = refused(&format!("kinesis(stream = {wrong}, start = latest)"));
            assert!(found.contains(message), "{wrong}: {found}");
        }
    }

    #[test]
    fn a_stream_that_exists_is_begun_where_the_user_says() {
        for stream in
            [r#""clicks""#, r#"param("Clicks")"#, &format!("{STREAM:?}"), &format!("{FAST:?}")]
        {
            let found = refused(&format!("kinesis(stream = {stream})"));
            assert!(found.starts_with("this stream exists already"), "{found}");
        }
        // One mistake, one message.
        let found = refused(r#"kinesis(stream = "clicks", start = 3)"#);
        assert!(found.starts_with("a number is not a place to start"), "{found}");
    }

    #[test]
    fn a_consumer_is_the_triggers_own_or_one_that_exists() {
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
    fn what_is_no_consumer_says_what_one_is() {
        for (wrong, message) in [
            ("consumer = Fast".to_owned(), "expected `consumer` alone"),
            ("consumer = 3".to_owned(), "expected the path of"),
            (
                format!("consumer = {STREAM:?}"),
                "`arn:aws:kinesis:eu-west-1:123456789012:stream/clicks` is not the ARN of a consumer",
            ),
            (r#"consumer = param("Fast")"#.to_owned(), "this consumer's stream is not named"),
            (
                format!(r#"stream = "views", consumer = {FAST:?}, start = latest"#),
                "this consumer is one of another stream: `arn:aws:kinesis:eu-west-1:123456789012:stream/clicks`\n\nhelp: leave `stream` out",
            ),
            (
                format!(
                    r#"stream = "arn:aws:kinesis:us-east-1:123456789012:stream/clicks", consumer = {FAST:?}, start = latest"#
                ),
                "this consumer is one of another stream",
            ),
            (format!(r#"stream = "clicks", consumer = {FAST:?}"#), "this stream exists already"),
            (
                format!("stream = {FAST:?}, consumer, start = latest"),
                "the stream is given by the ARN of a consumer already",
            ),
        ] {
            let found = refused(&format!("kinesis({wrong})"));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
    }
}
