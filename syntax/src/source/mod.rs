//! The grammar of sources: one file for each source, registered here in one line. The arguments of a source
//! have the names of the properties of its SAM event, in snake case.

mod dead_letters;
mod dynamodb;
mod event;
mod http;
mod kinesis;
mod rule_target;
mod s3;
mod schedule;
mod sns;
mod sqs;
#[cfg(test)]
pub(crate) mod testing;

use skylift_model::source::{self as model, Trigger};
use syn::Type;

use crate::errors::Errors;
use crate::messages;
use crate::signature::Param;
use crate::tree::{ArgKey, ArgValue, ArgValueKind, Args};

/// The key of `#[function]` that adds a trigger of any source.
const TRIGGER: &str = "trigger";

/// The grammar of a source: how a user writes its triggers, and which parameters a handler of such a trigger
/// may have.
trait SourceGrammar: Into<Trigger> {
    /// The reader of the short form of a trigger, in which the source's name is the key, such as `schedule =
    /// "…"`. `None` if the source has no short form.
    const READ_SHORT: Option<fn(&ArgValue, &mut Errors) -> Option<Self>> = None;

    /// Reads the arguments of a trigger of this source. Returns `None` after an error was recorded.
    fn read(args: &Args, errors: &mut Errors) -> Option<Self>;

    /// Checks that the handler's parameters fit the trigger.
    fn check_params(&self, _params: &[Param], _errors: &mut Errors) {}

    /// Checks that the handler's return type fits the source, whatever the trigger.
    fn check_output(_output: &Type, _errors: &mut Errors) {}
}

/// A function that reads a trigger of one source.
type ReadTrigger<V> = fn(&V, &mut Errors) -> Option<Trigger>;

/// A source that is registered in this module, with its name and its readers.
struct SourceEntry {
    name: &'static str,
    read: ReadTrigger<Args>,
    read_short: Option<ReadTrigger<ArgValue>>,
}

macro_rules! sources {
    ($($module:ident: $Source:ident,)*) => {
        const SOURCES: &[SourceEntry] = &[$(SourceEntry {
            name: stringify!($module),
            read: |args, errors| model::$module::$Source::read(args, errors).map(Trigger::from),
            read_short: match model::$module::$Source::READ_SHORT {
                Some(_) => Some(|value, errors| {
                    model::$module::$Source::READ_SHORT.and_then(|read| read(value, errors)).map(Trigger::from)
                }),
                None => None,
            },
        },)*];

        /// Checks that the handler's parameters fit one of its triggers.
        pub(crate) fn check_params(trigger: &Trigger, params: &[Param], errors: &mut Errors) {
            match trigger {
                $(Trigger::$Source(trigger) => trigger.check_params(params, errors),)*
            }
        }

        /// Checks that the handler's return type fits the source of one of its triggers.
        pub(crate) fn check_output(trigger: &Trigger, output: &Type, errors: &mut Errors) {
            match trigger {
                $(Trigger::$Source(_) => model::$module::$Source::check_output(output, errors),)*
            }
        }
    };
}

sources! {
    dynamodb: DynamoDb,
    event: EventRule,
    http: Http,
    kinesis: Kinesis,
    s3: S3,
    schedule: Schedule,
    sns: Sns,
    sqs: Sqs,
}

/// Returns the keys of `#[function]` that add a trigger: `trigger`, and the names of the sources that have a
/// short form.
#[must_use]
pub fn trigger_keys() -> Vec<&'static str> {
    let short = SOURCES.iter().filter(|source| source.read_short.is_some());
    [TRIGGER].into_iter().chain(short.map(|source| source.name)).collect()
}

/// Reads the value of `key`, which is one of the [`trigger_keys`]. Returns `None` after an error was recorded.
pub fn read_trigger(key: &str, value: &ArgValue, errors: &mut Errors) -> Option<Trigger> {
    let source = SOURCES.iter().find(|source| source.name == key);
    match source.and_then(|source| source.read_short) {
        Some(read_short) => read_short(value, errors),
        None => errors.scope(|errors| read_trigger_value(value, errors)),
    }
}

/// Reads the value of `trigger = …`: the name of a source, with or without arguments. Returns `None` after an
/// error was recorded.
fn read_trigger_value(value: &ArgValue, errors: &mut Errors) -> Option<Trigger> {
    match &value.kind {
        ArgValueKind::Path(segments, _) if segments.len() == 1 => {
            let name = ArgKey { text: segments[0].clone(), span: value.span.clone() };
            let read = find_source(&name, errors)?.read;
            read(&Args::empty(value.span.clone()), errors)
        }
        ArgValueKind::Call(name, args) if name.text == TRIGGER => {
            let source = args.take_keyless().first().and_then(|it| match &it.kind {
                ArgValueKind::Path(segments, _) => segments.last().cloned(),
                ArgValueKind::Call(name, _) => Some(name.text.clone()),
                _ => None,
            });
            errors.push(&value.span, messages::trigger_in_parentheses(source.as_deref()));
            None
        }
        ArgValueKind::Call(name, args) => {
            let read = find_source(name, errors)?.read;
            args.read_all(&name.text, errors, read)
        }
        _ => {
            errors.push(&value.span, messages::source_expected(&value.describe(), Trigger::NAMES));
            None
        }
    }
}

fn find_source(name: &ArgKey, errors: &mut Errors) -> Option<&'static SourceEntry> {
    let source = SOURCES.iter().find(|source| source.name == name.text);
    if source.is_none() {
        errors.push(&name.span, messages::unknown_source(&name.text, Trigger::NAMES));
    }
    source
}

#[cfg(test)]
mod tests {
    use skylift_model::source::Trigger;

    use super::testing::{rejected, trigger};
    use super::{SOURCES, trigger_keys};

    #[test]
    fn every_source_of_the_model_is_registered_under_its_name() {
        let mut known: Vec<&str> = SOURCES.iter().map(|source| source.name).collect();
        let mut names = Trigger::NAMES.to_vec();
        known.sort_unstable();
        names.sort_unstable();
        assert_eq!(known, names);
        assert_eq!(trigger_keys(), ["trigger", "schedule"]);
    }

    #[test]
    fn a_source_without_arguments_is_its_name_with_or_without_parentheses() {
        for bare in ["http", "kinesis", "s3", "sns", "sqs"] {
            assert_eq!(trigger(bare), trigger(&format!("{bare}()")));
            assert_eq!(trigger(bare).source(), bare);
        }
    }

    #[test]
    fn a_source_in_the_parentheses_of_trigger_is_shown_after_a_sign() {
        use crate::function::testing::rejected_on;
        for (written, source) in [("trigger(s3)", "s3"), ("trigger(sqs(queue = Jobs))", "sqs")] {
            let message = rejected_on(written, "async fn f() {}");
            assert!(
                message.ends_with(&format!(
                    "help: write `trigger = {source}` or `trigger = {source}(…)`"
                )),
                "{message}"
            );
        }
    }

    /// The unknown argument is most likely the one that is missing.
    #[test]
    fn an_argument_is_not_missing_beside_one_that_is_unknown() {
        use crate::function::testing::rejected_on;
        for (written, start) in [
            (r#"allow("s3:GetObject")"#, "expected `key = value` in `allow`"),
            (
                r#"allow(action = "s3:GetObject", resources = "*")"#,
                "unknown key `action` in `allow`",
            ),
            (r#"trigger = http(methd = GET, path = "/a")"#, "unknown key `methd` in `http`"),
            ("trigger = dynamodb(tabel = Jobs)", "unknown key `tabel` in `dynamodb`"),
        ] {
            let message = rejected_on(written, "async fn f() {}");
            assert!(message.starts_with(start), "{message}");
        }
    }

    #[test]
    fn an_unknown_source_is_rejected_with_the_nearest_one() {
        let all = "help: the sources are `s3`, `schedule`, `event`, `http`, `sqs`, `sns`, `kinesis` and `dynamodb`";
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
            assert_eq!(rejected(wrong), message, "{wrong}");
        }
    }
}
