//! `kinesis`, `kinesis(stream = Clicks, consumer, batch_size = 100, start = latest)`, and what every
//! stream's mapping takes.

use skylift_model::name::StreamName;
use skylift_model::source::kinesis::{self, Consumer, Kinesis};
use skylift_model::value::{Named, Reference};

use crate::errors::Errors;
use crate::mapping::{self, place};
use crate::read;
use crate::tree::{Args, Kind};

/// Reads the arguments of `kinesis`.
pub fn read(args: &Args, errors: &mut Errors) -> Option<Kinesis> {
    let stream =
        args.get("stream").map_or(Some(Reference::Own), |value| read::reference(value, errors));
    let consumer = consumer(args, errors);
    let mapping = mapping::stream::read(args, true, errors);
    let kinesis = with_consumer(args, stream?, consumer, errors);
    let (stream, consumer) = kinesis?;
    let existing = matches!(stream, Reference::Named(_) | Reference::Arn(_) | Reference::Param(_));
    if let Some((message, help)) = mapping.check_start().filter(|_| existing) {
        // A start that was written and is wrong is one message already.
        if args.find("start").is_none() {
            errors.push(place(args, "stream"), message).help(help);
        }
    }
    Some(Kinesis { stream, consumer, mapping })
}

/// `consumer`, for one of the trigger's own, or the ARN of one.
fn consumer(args: &Args, errors: &mut Errors) -> Option<Consumer> {
    let written = args.find("consumer");
    if written.is_none_or(|value| matches!(value.kind, Kind::Bool(_))) {
        return args.flag("consumer", errors)?.then_some(Consumer::Own);
    }
    let value = args.get("consumer")?;
    if let Kind::Path(..) = value.kind {
        return read::expected(
            "`consumer` alone, the ARN of a consumer in quotes, or `param(\"…\")`",
            value,
            errors,
        );
    }
    match mapping::named(value, "a consumer", errors)? {
        Named::Arn(arn) if Consumer::stream_of(&arn).is_some() => Some(Consumer::Arn(arn)),
        Named::Param(name) => Some(Consumer::Param(name)),
        Named::Arn(arn) => {
            errors.push(&value.place, format!("`{arn}` is not the ARN of a consumer"));
            None
        }
        Named::Declared(_) => None,
    }
}

/// The stream with its consumer: the ARN of a consumer says which stream it is of.
fn with_consumer(
    args: &Args,
    stream: Reference<StreamName>,
    consumer: Option<Consumer>,
    errors: &mut Errors,
) -> Option<(Reference<StreamName>, Option<Consumer>)> {
    let Reference::Arn(arn) = &stream else {
        if let (Reference::Own, Some(Consumer::Arn(arn))) = (&stream, &consumer) {
            let of = Consumer::stream_of(arn).map(str::to_owned);
            return of.map(|of| (Reference::Arn(of), consumer));
        }
        if let (Reference::Own, Some(Consumer::Param(_))) = (&stream, &consumer) {
            errors
                .push(place(args, "consumer"), "this consumer's stream is not named")
                .help("name it too: `stream = …`");
            return None;
        }
        return Some((stream, consumer));
    };
    if kinesis::is_stream(arn) {
        return Some((stream, consumer));
    }
    let Some(of) = Consumer::stream_of(arn) else {
        errors.push(
            place(args, "stream"),
            format!("`{arn}` is not the ARN of a stream or of a consumer"),
        );
        return None;
    };
    if consumer.is_some() {
        errors
            .push(place(args, "consumer"), "the stream is given by the ARN of a consumer already")
            .help("leave one of the two out");
        return None;
    }
    Some((Reference::Arn(of.to_owned()), Some(Consumer::Arn(arn.clone()))))
}
