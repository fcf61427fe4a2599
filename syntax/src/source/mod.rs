//! The grammar of sources: one file for each source in the list of the model. The arguments of a source
//! have the names of the properties of its SAM event, in snake case.

mod alexa;
mod cognito;
mod custom_resource;
mod dead_letters;
mod deployment_hook;
mod documentdb;
mod dynamodb;
mod event;
mod foreign;
mod http;
mod iot;
mod kafka;
mod kinesis;
pub(crate) mod log_filter;
mod logs;
mod mq;
mod msk;
mod rule_target;
mod s3;
mod schedule;
mod sns;
mod sqs;
#[cfg(test)]
pub(crate) mod testing;
mod url;

pub(crate) use self::dead_letters::read_any_dead_letters;
pub(crate) use self::event::{SubscriptionTo, read_event_path, read_rule};
pub(crate) use self::sns::read_subscription;

use skylift_model::source::{self as model, Trigger};
use syn::Type;

use crate::errors::Errors;
use crate::messages::{self, FamiliarWords, find_familiar};
use crate::signature::Param;
use crate::tree::{ArgKey, ArgValue, ArgValueKind, Args};

/// The key of `#[function]` that adds a trigger of any source.
pub(crate) const TRIGGER: &str = "trigger";

/// The words of other tools for a source and its keys.
pub(crate) struct SourceWords {
    /// Words for the source itself, in the place of a source or of a key of `#[function]`. Its own name is among them,
    /// for the place of a key.
    names: &'static [FamiliarWords],
    /// Words for the keys of the source.
    pub(crate) keys: &'static [FamiliarWords],
    /// Words for the keys of the source whose help is also right in the place of a key of `#[function]`.
    keys_anywhere: &'static [FamiliarWords],
}

/// The grammar of a source: how a user writes its triggers, and which parameters a handler of such a trigger
/// may have.
pub(crate) trait SourceGrammar: Into<Trigger> {
    /// The words of other tools for the source.
    const WORDS: SourceWords;

    /// The reader of the short form of a trigger, in which the source's name is the key, such as `schedule =
    /// "…"`. `None` if the source has no short form.
    const READ_SHORT: Option<fn(&ArgValue, &mut Errors) -> Option<Self>> = None;

    /// Returns whether a text, which the user wrote without a key, is most likely of this source: `"GET /orders"`.
    fn is_text_of_source(_text: &str) -> bool {
        false
    }

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
    words: SourceWords,
    is_text: fn(&str) -> bool,
    read: ReadTrigger<Args>,
    read_short: Option<ReadTrigger<ArgValue>>,
}

macro_rules! sources {
    ($($module:ident: $Source:ident,)*) => {
        const SOURCES: &[SourceEntry] = &[$(SourceEntry {
            name: stringify!($module),
            words: model::$module::$Source::WORDS,
            is_text: model::$module::$Source::is_text_of_source,
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

skylift_model::for_each_source!(sources);

/// Returns the keys of `#[function]` that add a trigger: `trigger`, and the names of the sources that have a
/// short form.
#[must_use]
pub fn trigger_keys() -> Vec<&'static str> {
    let short = SOURCES.iter().filter(|source| source.read_short.is_some());
    [TRIGGER].into_iter().chain(short.map(|source| source.name)).collect()
}

/// Makes the words of other tools for sources known among the arguments of `#[function]`.
pub(crate) fn explain_words(args: &Args) {
    for SourceEntry { words, .. } in SOURCES {
        args.explain(words.names);
        args.explain(words.keys_anywhere);
    }
    args.explain(foreign::NAMES);
}

/// Returns what to write for a text or an expression in the place of a trigger: `trigger = s3` for `"s3"`, and
/// `schedule = "rate(5 minutes)"` for `rate(5 minutes)`. Returns `None` if it belongs to no source.
pub(crate) fn find_trigger_of_text(value: &ArgValue) -> Option<String> {
    let (ArgValueKind::Str(text) | ArgValueKind::Other(text)) = &value.kind else { return None };
    if let Some(SourceEntry { name, .. }) = SOURCES.iter().find(|source| source.name == text) {
        return Some(format!("{TRIGGER} = {name}"));
    }
    let SourceEntry { name, read_short, .. } =
        SOURCES.iter().find(|source| (source.is_text)(text))?;
    Some(match read_short {
        Some(_) => format!("{name} = {text:?}"),
        None => format!("{TRIGGER} = {name}({text:?})"),
    })
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
            let SourceEntry { words, read, .. } = find_source(name, errors)?;
            args.explain(words.keys);
            args.explain(words.keys_anywhere);
            args.read_all(&name.text, errors, read)
        }
        _ => {
            let meant = find_trigger_of_text(value);
            let found = value.describe();
            let message = messages::source_expected(&found, meant.as_deref(), Trigger::NAMES);
            errors.push(&value.span, message);
            None
        }
    }
}

fn find_source(name: &ArgKey, errors: &mut Errors) -> Option<&'static SourceEntry> {
    let source = SOURCES.iter().find(|source| source.name == name.text);
    if source.is_none() {
        let tables = SOURCES.iter().map(|source| source.words.names).chain([foreign::NAMES]);
        let familiar = find_familiar(tables, &name.text);
        errors.push(&name.span, messages::unknown_source(&name.text, Trigger::NAMES, familiar));
    }
    source
}

#[cfg(test)]
mod tests {
    use super::testing::{rejected, trigger};
    use super::{SOURCES, SourceEntry, find_familiar, foreign, trigger_keys};
    use crate::messages::check_table;

    #[test]
    fn only_a_schedule_has_a_key_of_its_own() {
        assert_eq!(trigger_keys(), ["trigger", "schedule"]);
    }

    #[test]
    fn every_word_is_in_its_table_once_and_in_plain_letters() {
        for SourceEntry { name, words, .. } in SOURCES {
            for table in [words.names, words.keys, words.keys_anywhere] {
                check_table(table);
            }
            assert!(find_familiar([words.names], name).is_some(), "{name}");
        }
        check_table(foreign::NAMES);
        // A word leads to one source.
        let of_sources = SOURCES.iter().flat_map(|source| source.words.names);
        check_table(&of_sources.chain(foreign::NAMES).copied().collect::<Vec<_>>());
    }

    #[test]
    fn a_word_of_another_tool_leads_to_the_source() {
        use crate::function::testing::rejected as rejected_key;
        let help = |message: String| message.split_once("help: ").unwrap().1.to_owned();
        for (word, expected) in [
            ("queue", "write `trigger = sqs(queue = Jobs)`"),
            ("Bucket", "write `trigger = s3(bucket = Uploads)`"),
            ("dynamo_db_stream", "write `trigger = dynamodb(table = Orders)`"),
            ("kinesis_stream", "write `trigger = kinesis(stream = Clicks)`"),
            ("topic", "write `trigger = sns(topic = News)`"),
            ("rest_api", "write `trigger = http(\"GET /orders/{id}\")`, a route of an HTTP API"),
            (
                "rate",
                "write `schedule = \"rate(5 minutes)\"` or `schedule = \"cron(0 8 * * ? *)\"`",
            ),
        ] {
            assert_eq!(help(rejected(word)), expected, "{word}");
            assert_eq!(help(rejected_key(&format!("{word} = \"a\""))), expected, "{word}");
        }
        assert!(rejected("websocket").contains("this source has no key yet"));
    }

    #[test]
    fn a_word_of_another_tool_for_a_key_is_known_where_it_belongs() {
        use crate::function::testing::rejected as rejected_key;
        let zone = "time_zone = \"Europe/Berlin\"";
        let near = rejected("schedule(\"rate(1 day)\", timezone = \"CET\")");
        assert!(near.contains("`time_zone`") || near.contains(zone), "{near}");
        assert!(rejected_key("tz = \"CET\"").contains(zone));
        let ping = rejected_key("keep_warm(every = \"5m\", timezone = \"CET\")");
        assert!(ping.contains("pings are in UTC"), "{ping}");
        assert!(!rejected("sqs(timezone = \"CET\")").contains(zone));
        for (written, help) in [
            (
                "kinesis(starting_position = \"LATEST\")",
                "write `start = latest`, or `start = trim_horizon` for all that the stream holds",
            ),
            (
                "kinesis(StartingPosition = \"LATEST\")",
                "write `start = latest`, or `start = trim_horizon` for all that the stream holds",
            ),
            ("kinesis(maximum_retry_attempts = 3)", "write `retries = 3`"),
            ("sqs(MaximumBatchingWindowInSeconds = 3)", "write `batch_window = \"5s\"`"),
            ("sqs(Jobs)", "write `queue = Jobs`"),
            ("dynamodb(start = latest, Orders)", "write `table = Orders`"),
        ] {
            assert!(rejected(written).ends_with(&format!("help: {help}")), "{}", rejected(written));
        }
    }

    #[test]
    fn a_source_without_arguments_is_its_name_with_or_without_parentheses() {
        for bare in ["http", "kinesis", "s3", "sns", "sqs"] {
            assert_eq!(trigger(bare), trigger(&format!("{bare}()")));
            assert_eq!(trigger(bare).source(), bare);
        }
    }

    #[test]
    fn a_text_without_a_key_is_shown_as_a_trigger() {
        use crate::function::testing::rejected as rejected_key;
        for (written, found, shown) in [
            ("\"s3\"", "a string", "trigger = s3"),
            ("\"GET /a\"", "a string", "trigger = http(\"GET /a\")"),
            ("\"rate(1 day)\"", "a string", "schedule = \"rate(1 day)\""),
            ("cron(0 8 * * ? *)", "`cron(0 8 * * ? *)`", "schedule = \"cron(0 8 * * ? *)\""),
        ] {
            assert_eq!(
                rejected_key(written),
                format!(
                    "expected `key = value` in `#[function]`, found {found}\n\nhelp: write `{shown}`"
                )
            );
        }
        assert_eq!(
            rejected_key("\"soon\""),
            "expected `key = value` in `#[function]`, found a string"
        );
        let message = rejected_key("method = GET, path = \"/x\"");
        assert!(message.starts_with("unknown key `method`"), "{message}");
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
        let all = "help: the sources are `s3`, `schedule`, `event`, `http`, `url`, `sqs`, `sns`, `cognito`, `kinesis`, `dynamodb`, `logs`, `iot`, `alexa`, `msk`, `kafka`, `mq`, `documentdb`, `custom_resource` and `deployment_hook`";
        for (wrong, message) in [
            ("sqss", "unknown source `sqss`\n\nhelp: did you mean `sqs`?".to_owned()),
            ("sqss(queue = Jobs)", "unknown source `sqss`\n\nhelp: did you mean `sqs`?".to_owned()),
            ("telegram", format!("unknown source `telegram`\n\n{all}")),
            ("\"s3\"", "expected a source, found a string\n\nhelp: write `trigger = s3`".to_owned()),
            ("\"S4\"", format!("expected a source, found a string\n\n{all}")),
            (
                "\"GET /a\"",
                "expected a source, found a string\n\nhelp: write `trigger = http(\"GET /a\")`".to_owned(),
            ),
            (
                "rate(5 minutes)",
                "expected a source, found `rate(5 minutes)`\n\nhelp: write `schedule = \"rate(5 minutes)\"`".to_owned(),
            ),
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
