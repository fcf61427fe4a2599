//! How each source is written: a file for each, registered here in one line. A source's arguments
//! are those of its SAM event, under snake-case names.

mod dynamodb;
mod http;
mod kinesis;
mod s3;
mod schedule;
mod sqs;
#[cfg(test)]
pub(crate) mod testing;

use skylift_model::source::{self as model, Trigger};
use skylift_model::suggest;

use crate::errors::Errors;
use crate::tree::{Args, Key, Kind, Value};

/// The key that adds a trigger of any source.
const TRIGGER: &str = "trigger";

/// How triggers of a source are written.
trait Written: Into<Trigger> {
    /// Reads the value of the source's name as a key, where that is short for a trigger of it.
    const SHORT: Option<fn(&Value, &mut Errors) -> Option<Self>> = None;

    /// Reads the source's arguments.
    fn read(args: &Args, errors: &mut Errors) -> Option<Self>;
}

/// Reads what follows the name of a source.
type Read<V> = fn(&V, &mut Errors) -> Option<Trigger>;

/// A source, as it is registered.
struct Known {
    name: &'static str,
    read: Read<Args>,
    short: Option<Read<Value>>,
}

macro_rules! sources {
    ($($module:ident: $Source:ident,)*) => {
        const SOURCES: &[Known] = &[$(Known {
            name: stringify!($module),
            read: |args, errors| model::$module::$Source::read(args, errors).map(Trigger::from),
            short: match model::$module::$Source::SHORT {
                Some(_) => Some(|value, errors| {
                    model::$module::$Source::SHORT.and_then(|read| read(value, errors)).map(Trigger::from)
                }),
                None => None,
            },
        },)*];
    };
}

sources! {
    dynamodb: DynamoDb,
    http: Http,
    kinesis: Kinesis,
    s3: S3,
    schedule: Schedule,
    sqs: Sqs,
}

/// The keys that add a trigger: `trigger`, and the names of sources that have a short form.
#[must_use]
pub fn keys() -> Vec<&'static str> {
    let short = SOURCES.iter().filter(|source| source.short.is_some());
    [TRIGGER].into_iter().chain(short.map(|source| source.name)).collect()
}

/// Reads the value of one of these [`keys`].
pub fn read(key: &str, value: &Value, errors: &mut Errors) -> Option<Trigger> {
    let short = SOURCES.iter().find(|source| source.name == key).and_then(|source| source.short);
    match short {
        Some(read) => read(value, errors),
        None => errors.scope(|errors| read_long(value, errors)),
    }
}

/// Reads the value of `trigger = …`.
fn read_long(value: &Value, errors: &mut Errors) -> Option<Trigger> {
    match &value.kind {
        Kind::Path(segments, _) if segments.len() == 1 => {
            let name = Key { text: segments[0].clone(), place: value.place.clone() };
            let read = known(&name, errors)?.read;
            read(&Args::empty(value.place.clone()), errors)
        }
        Kind::Call(name, args) => {
            let read = known(name, errors)?.read;
            args.read(&name.text, errors, read)
        }
        _ => {
            errors
                .push(&value.place, format!("expected a source, found {}", value.describe()))
                .help(format!("the sources are {}", suggest::list(Trigger::NAMES.iter().copied())));
            None
        }
    }
}

fn known(name: &Key, errors: &mut Errors) -> Option<&'static Known> {
    let known = SOURCES.iter().find(|source| source.name == name.text);
    if known.is_none() {
        let names = || Trigger::NAMES.iter().copied();
        let message = errors.push(&name.place, format!("unknown source `{}`", name.text));
        message.help(match suggest::nearest(&name.text, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the sources are {}", suggest::list(names())),
        });
    }
    known
}

#[cfg(test)]
mod tests {
    use skylift_model::source::Trigger;

    use super::testing::{refused, trigger};
    use super::{SOURCES, keys};

    #[test]
    fn every_source_of_the_model_is_registered_under_its_name() {
        let mut known: Vec<&str> = SOURCES.iter().map(|source| source.name).collect();
        let mut names = Trigger::NAMES.to_vec();
        known.sort_unstable();
        names.sort_unstable();
        assert_eq!(known, names);
        assert_eq!(keys(), ["trigger", "schedule"]);
    }

    #[test]
    fn a_source_that_needs_nothing_is_its_name_alone_or_with_parentheses() {
        for bare in ["http", "kinesis", "s3", "sqs"] {
            assert_eq!(trigger(bare), trigger(&format!("{bare}()")));
            assert_eq!(trigger(bare).source(), bare);
        }
    }

    #[test]
    fn what_is_no_source_is_refused_with_the_nearest() {
        let all = "help: the sources are `s3`, `schedule`, `http`, `sqs`, `kinesis` and `dynamodb`";
        for (wrong, message) in [
            ("sqss", "unknown source `sqss`\n\nhelp: did you mean `sqs`?".to_owned()),
            ("sqss(queue = Jobs)", "unknown source `sqss`\n\nhelp: did you mean `sqs`?".to_owned()),
            ("telegram", format!("unknown source `telegram`\n\n{all}")),
            ("\"s3\"", format!("expected a source, found a string\n\n{all}")),
            ("a::s3", format!("expected a source, found `a::s3`\n\n{all}")),
            (
                "s3(bukket = A)",
                "unknown key `bukket` in `s3`\n\nhelp: did you mean `bucket`?".to_owned(),
            ),
            ("sqs(queue = Jobs, queue = Other)", "`queue` is set twice".to_owned()),
        ] {
            assert_eq!(refused(wrong), message, "{wrong}");
        }
    }
}
