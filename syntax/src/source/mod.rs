//! How each source is written: a file for each, registered here in one line. A source's arguments
//! are those of its SAM event, under snake-case names.

pub mod dynamodb;
pub mod http;
pub mod kinesis;
pub mod s3;
pub mod schedule;
pub mod sqs;
#[cfg(test)]
pub(crate) mod testing;

use skylift_model::source::Trigger;
use skylift_model::suggest;

use crate::errors::Errors;
use crate::tree::{Args, Key, Kind, Value};

macro_rules! sources {
    ($($module:ident,)*) => {
        fn read_source(name: &Key, args: &Args, errors: &mut Errors) -> Option<Trigger> {
            match name.text.as_str() {
                $(stringify!($module) => $module::read(args, errors).map(Trigger::from),)*
                other => {
                    let message = errors.push(&name.place, format!("unknown source `{other}`"));
                    message.help(match suggest::nearest(other, Trigger::NAMES.iter().copied()) {
                        Some(near) => format!("did you mean `{near}`?"),
                        None => format!("the sources are {}", suggest::list(Trigger::NAMES.iter().copied())),
                    });
                    None
                }
            }
        }
    };
}

sources! {
    dynamodb,
    http,
    kinesis,
    s3,
    schedule,
    sqs,
}

/// Reads the value of `trigger = …`.
pub fn read(value: &Value, errors: &mut Errors) -> Option<Trigger> {
    let before = errors.len();
    let trigger = match &value.kind {
        Kind::Path(segments, _) if segments.len() == 1 => {
            let name = Key { text: segments[0].clone(), place: value.place.clone() };
            read_source(&name, &Args::empty(value.place.clone()), errors)
        }
        Kind::Call(name, args) => {
            let trigger = read_source(name, args, errors);
            if Trigger::NAMES.contains(&name.text.as_str()) {
                args.finish(&name.text, errors);
            }
            trigger
        }
        _ => {
            let names = suggest::list(Trigger::NAMES.iter().copied());
            errors
                .push(&value.place, format!("expected a source, found {}", value.describe()))
                .help(format!("the sources are {names}"));
            None
        }
    };
    trigger.filter(|_| errors.len() == before)
}
