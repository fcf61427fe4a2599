//! The key `idempotent(key = "$.id", store = Seen, ttl = "1h", check = "$.order")`: the function's work is done
//! once for each idempotency key. Takes the arguments, and the function's triggers and event, which determine
//! the document in which the keys are looked up.

mod document;

use skylift_model::idempotency::{Idempotency, IdempotencyTtl};
use skylift_model::json_path::JsonPath;
use skylift_model::source::Trigger;

use crate::errors::Errors;
use crate::messages;
use crate::readers::{read_list, read_seconds, read_text};
use crate::span::SourceSpan;
use crate::tree::{ArgValue, ArgValueKind, Args};

/// The key of `#[function]` that makes a function idempotent.
pub(super) const KEY: &str = "idempotent";

/// The key of `idempotent(…)` that names the table with the idempotency records.
pub(super) const STORE: &str = "store";

/// Reads `idempotent(…)`. `event` is the name of the event type that the handler takes. Returns `None` if the
/// key is not set or has an error.
pub(super) fn read_idempotent(
    args: &Args,
    triggers: &[Trigger],
    event: Option<&str>,
    errors: &mut Errors,
) -> Option<Idempotency> {
    let read = |args: &Args, errors: &mut Errors| {
        errors.scope(|errors| {
            let written = errors.scope(|errors| {
                let written = args.read_all(KEY, errors, IdempotentArgs::read)?;
                if let Some(document) = document::find_document(triggers, event) {
                    for (path, span) in written.key.iter().chain(&written.check) {
                        document::check_path(path, span, document, errors);
                    }
                }
                Some(written)
            })?;
            check_outside_of_key(&written.key, &written.check, errors);
            written.into_idempotency()
        })
    };
    args.take_nested(KEY, read, errors)?
}

/// The arguments of `idempotent(…)`, each path with its span.
struct IdempotentArgs {
    key: Vec<(JsonPath, SourceSpan)>,
    check: Vec<(JsonPath, SourceSpan)>,
    store: Option<String>,
    /// How long an answer is kept. `None` if the value is wrong.
    ttl: Option<IdempotencyTtl>,
}

impl IdempotentArgs {
    /// Reads the arguments of `idempotent(…)`. Returns `None` after an error was recorded.
    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let take_paths = |key: &'static str, errors: &mut Errors| {
            args.take(key, |value, errors| Some(read_paths(key, value, errors)), errors)
        };
        let key = take_paths("key", errors);
        if key.is_none() {
            report_no_key(args, errors);
        }
        let check = take_paths("check", errors);
        let store = args.take(STORE, read_store, errors);
        let ttl =
            args.take_if_set("ttl", read_seconds, errors).unwrap_or(Some(IdempotencyTtl::DEFAULT));
        Some(Self { key: key?, check: check.unwrap_or_default(), store, ttl })
    }

    /// Returns the settings as a value of the model. Returns `None` if the lifetime is wrong.
    fn into_idempotency(self) -> Option<Idempotency> {
        let Self { key, check, store, ttl } = self;
        let without_spans =
            |paths: Vec<(JsonPath, SourceSpan)>| paths.into_iter().map(|(path, _)| path).collect();
        let (key, check) = (without_spans(key), without_spans(check));
        Some(Idempotency { key, check, store, ttl: ttl? })
    }
}

/// Reports that `idempotent(…)` has no `key`. If it has a string without a key, the help is to add `key =`
/// before the string.
fn report_no_key(args: &Args, errors: &mut Errors) {
    let positional = args.take_positional().into_iter().next();
    let text = positional.and_then(|value| match &value.kind {
        ArgValueKind::Str(text) => Some(text.as_str()),
        _ => None,
    });
    let span = positional.map_or(&args.span, |value| &value.span);
    errors.push_missing(span, messages::idempotent_without_key(KEY, text));
}

/// Checks that no `check` path is inside the idempotency key: its value would be the same in all events with
/// the same key.
fn check_outside_of_key(
    key: &[(JsonPath, SourceSpan)],
    check: &[(JsonPath, SourceSpan)],
    errors: &mut Errors,
) {
    for (path, span) in check {
        let is_inside = |key: &&JsonPath| path.steps().starts_with(key.steps());
        if let Some(key) = key.iter().map(|(key, _)| key).find(is_inside) {
            errors.push(span, messages::check_inside_of_key(path, key));
        }
    }
}

/// Reads one JSON path or a list of JSON paths, each with its span. `key` is the key of `idempotent(…)` that
/// has the paths.
fn read_paths(key: &str, value: &ArgValue, errors: &mut Errors) -> Vec<(JsonPath, SourceSpan)> {
    let items = read_list(value);
    if items.is_empty() {
        errors.push(&value.span, messages::empty_list_of_paths(key, KEY));
    }
    let mut paths: Vec<(JsonPath, SourceSpan)> = Vec::new();
    for item in items {
        let Some(path) = read_path(item, errors) else { continue };
        if paths.iter().any(|(known, _)| *known == path) {
            errors.push(&item.span, messages::named_twice(&path.to_string()));
        }
        paths.push((path, item.span.clone()));
    }
    paths
}

/// Reads one JSON path. Returns `None` after an error was recorded.
fn read_path(value: &ArgValue, errors: &mut Errors) -> Option<JsonPath> {
    let text = read_text(value, errors)?;
    match text.parse::<JsonPath>() {
        Ok(path) => Some(path),
        Err(error) => {
            errors.push(&value.span, error);
            None
        }
    }
}

/// Reads the value of `store`, and returns the identifier of the table's struct. Returns `None` after an error
/// was recorded.
fn read_store(value: &ArgValue, errors: &mut Errors) -> Option<String> {
    if let ArgValueKind::Path(segments, _) = &value.kind {
        return segments.last().cloned();
    }
    errors.push(&value.span, messages::store_expected(&value.describe()));
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree;

    fn read_arguments(text: &str) -> Result<Idempotency, Vec<String>> {
        let mut errors = Errors::new();
        let args = tree::parse_args(text.parse().unwrap(), &mut errors);
        let read = read_idempotent(&args, &[], None, &mut errors);
        let messages: Vec<String> = errors.into_diagnostics().iter().map(|it| it.full()).collect();
        if messages.is_empty() { Ok(read.unwrap()) } else { Err(messages) }
    }

    fn rejected(text: &str) -> String {
        let messages = read_arguments(text).unwrap_err();
        let [message] = messages.as_slice() else { panic!("{text}: {messages:?}") };
        message.clone()
    }

    fn shown(paths: &[JsonPath]) -> Vec<String> {
        paths.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn idempotent_needs_only_a_key_and_takes_all_arguments() {
        let least = read_arguments(r#"idempotent(key = "$")"#).unwrap();
        assert_eq!(shown(&least.key), ["$"]);
        assert_eq!(
            (&least.store, least.ttl, least.check.len()),
            (&None, IdempotencyTtl::DEFAULT, 0)
        );
        let all = read_arguments(
            r#"idempotent(key = ["$.customer", "$['order']"], store = crate::Seen, ttl = "2d", check = "$.total")"#,
        )
        .unwrap();
        assert_eq!(shown(&all.key), ["$.customer", "$.order"]);
        assert_eq!(shown(&all.check), ["$.total"]);
        assert_eq!((all.store.as_deref(), all.ttl.get()), (Some("Seen"), 172_800));
    }

    #[test]
    fn every_mistake_is_one_error() {
        for (text, begin) in [
            ("idempotent()", "`idempotent` needs the path to the key of an event"),
            (
                r#"idempotent("$.id")"#,
                "`idempotent` needs the path to the key of an event\n\nhelp: write `key = \"$.id\"`",
            ),
            ("idempotent = true", "`idempotent` takes its values in parentheses"),
            (r#"idempotent(key = "id")"#, "`id` does not begin with `$`"),
            ("idempotent(key = [])", "`key` of `idempotent` is empty"),
            ("idempotent(key = id)", "expected a string, found `id`"),
            (r#"idempotent(key = ["$.a", "$['a']"])"#, "`$.a` is named twice"),
            (r#"idempotent(key = "$", check = "$.*")"#, "`$.*` leads to several values"),
            (
                r#"idempotent(key = "$", store = "seen")"#,
                "expected the path of a `#[resource(table(…))]`, found a string",
            ),
            (r#"idempotent(key = "$", ttl = 60)"#, "expected a duration, found a number"),
            (r#"idempotent(key = "$", ttl = "0s")"#, "an answer cannot be kept for 0 s"),
            (r#"idempotent(key = "$", kez = "$")"#, "unknown key `kez` in `idempotent`"),
        ] {
            let message = rejected(text);
            assert!(message.starts_with(begin), "{text}: {message}");
        }
    }

    #[test]
    fn a_check_path_inside_of_the_key_is_rejected() {
        for (key, check) in [("$", "$.id"), ("$.id", "$.id"), ("$.order", "$.order.lines[0]")] {
            let found = rejected(&format!("idempotent(key = \"{key}\", check = \"{check}\")"));
            let message =
                format!("`{check}` is part of the key `{key}`, so equal keys have the same value");
            assert!(found.starts_with(&message), "{found}");
        }
        for (key, check) in [("$.id", "$"), ("$.order.id", "$.order"), ("$.a", "$.ab")] {
            let text = format!("idempotent(key = \"{key}\", check = \"{check}\")");
            assert!(read_arguments(&text).is_ok(), "{key} {check}");
        }
    }
}
