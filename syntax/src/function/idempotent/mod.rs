//! `idempotent(key = "$.id", store = Seen, ttl = "1h", check = "$.order")`: what a function does once
//! for a key. It takes the arguments, and the function's triggers and event, which say what is looked into.

mod document;

use skylift_model::idempotency::{Idempotency, IdempotencyTtl};
use skylift_model::json_path::JsonPath;
use skylift_model::source::Trigger;

use crate::errors::Errors;
use crate::place::Place;
use crate::read;
use crate::tree::{Args, Kind, Value};

/// The key of the attribute.
pub(super) const KEY: &str = "idempotent";

/// The key of the table that keeps what was done.
pub(super) const STORE: &str = "store";

/// Reads `idempotent(…)` where it is among the arguments of a function.
/// `event` is the name of the handler's event, where it takes one.
pub(super) fn read(
    args: &Args,
    triggers: &[Trigger],
    event: Option<&str>,
    errors: &mut Errors,
) -> Option<Idempotency> {
    let read = |args: &Args, errors: &mut Errors| {
        errors.scope(|errors| {
            let written = errors.scope(|errors| {
                let written = args.read(KEY, errors, Written::read)?;
                if let Some(document) = document::of(triggers, event) {
                    for (path, place) in written.key.iter().chain(&written.check) {
                        document::check(path, place, document, errors);
                    }
                }
                Some(written)
            })?;
            check_differs(&written.key, &written.check, errors);
            written.meant()
        })
    };
    args.nested(KEY, read, errors)?
}

/// What is written, each path with its place.
struct Written {
    key: Vec<(JsonPath, Place)>,
    check: Vec<(JsonPath, Place)>,
    store: Option<String>,
    /// None where it is wrong.
    ttl: Option<IdempotencyTtl>,
}

impl Written {
    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let key = args.take("key", |value, errors| Some(paths("key", value, errors)), errors);
        if key.is_none() {
            no_key(args, errors);
        }
        let check = args.take("check", |value, errors| Some(paths("check", value, errors)), errors);
        let store = args.take(STORE, store, errors);
        let ttl = args.given("ttl", read::seconds, errors).unwrap_or(Some(IdempotencyTtl::DEFAULT));
        Some(Self { key: key?, check: check.unwrap_or_default(), store, ttl })
    }

    fn meant(self) -> Option<Idempotency> {
        let Self { key, check, store, ttl } = self;
        let without_places =
            |paths: Vec<(JsonPath, Place)>| paths.into_iter().map(|(path, _)| path).collect();
        let (key, check) = (without_places(key), without_places(check));
        Some(Idempotency { key, check, store, ttl: ttl? })
    }
}

/// Says that no key is written; a text that stands alone only lacks its name.
fn no_key(args: &Args, errors: &mut Errors) {
    let bare = args.positional().into_iter().next();
    let text = bare.and_then(|value| match &value.kind {
        Kind::Str(text) => Some(text.as_str()),
        _ => None,
    });
    let help = match text {
        Some(text) => format!("write `key = {text:?}`"),
        None => {
            "write `key = \"$.id\"`, or `key = \"$\"` where all of an event is its key".to_owned()
        }
    };
    errors
        .push(
            bare.map_or(&args.place, |value| &value.place),
            format!("`{KEY}` needs to know where the key of an event is"),
        )
        .help(help);
}

/// What is part of the key is the same wherever the key is.
fn check_differs(key: &[(JsonPath, Place)], check: &[(JsonPath, Place)], errors: &mut Errors) {
    for (path, place) in check {
        let within = |key: &&JsonPath| path.steps().starts_with(key.steps());
        if let Some(key) = key.iter().map(|(key, _)| key).find(within) {
            errors
                .push(place, format!("`{path}` is part of the key `{key}`, and never differs where that is the same"))
                .help("leave it out, or check what is no part of the key");
        }
    }
}

/// One path or a list of them, each with its place.
fn paths(key: &str, value: &Value, errors: &mut Errors) -> Vec<(JsonPath, Place)> {
    let items = read::list(value);
    if items.is_empty() {
        errors.push(&value.place, format!("`{key}` of `{KEY}` is empty"));
    }
    let mut paths: Vec<(JsonPath, Place)> = Vec::new();
    for item in items {
        let Some(path) = path(item, errors) else { continue };
        if paths.iter().any(|(known, _)| *known == path) {
            errors.push(&item.place, format!("`{path}` is named twice"));
        }
        paths.push((path, item.place.clone()));
    }
    paths
}

fn path(value: &Value, errors: &mut Errors) -> Option<JsonPath> {
    let text = read::text(value, errors)?;
    match text.parse::<JsonPath>() {
        Ok(path) => Some(path),
        Err(error) => {
            let message = errors.push(&value.place, error.message());
            if let Some(help) = error.help() {
                message.help(help);
            }
            None
        }
    }
}

fn store(value: &Value, errors: &mut Errors) -> Option<String> {
    if let Kind::Path(segments, _) = &value.kind {
        return segments.last().cloned();
    }
    let what = format!("the path of a `#[resource(table(…))]`, found {}", value.describe());
    errors
        .push(&value.place, format!("expected {what}"))
        .help("a table that exists already is one with `existing = \"name\"`; without `store` the function gets a table of its own");
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree;

    fn read_with(text: &str) -> Result<Idempotency, Vec<String>> {
        let mut errors = Errors::new();
        let args = tree::parse(text.parse().unwrap(), &mut errors);
        let read = read(&args, &[], None, &mut errors);
        let messages: Vec<String> = errors.into_messages().iter().map(|it| it.full()).collect();
        if messages.is_empty() { Ok(read.unwrap()) } else { Err(messages) }
    }

    fn refused(text: &str) -> String {
        let messages = read_with(text).unwrap_err();
        let [message] = messages.as_slice() else { panic!("{text}: {messages:?}") };
        message.clone()
    }

    fn shown(paths: &[JsonPath]) -> Vec<String> {
        paths.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_key_is_enough_and_everything_can_be_said() {
        let least = read_with(r#"idempotent(key = "$")"#).unwrap();
        assert_eq!(shown(&least.key), ["$"]);
        assert_eq!(
            (&least.store, least.ttl, least.check.len()),
            (&None, IdempotencyTtl::DEFAULT, 0)
        );
        let all = read_with(
            r#"idempotent(key = ["$.customer", "$['order']"], store = crate::Seen, ttl = "2d", check = "$.total")"#,
        )
        .unwrap();
        assert_eq!(shown(&all.key), ["$.customer", "$.order"]);
        assert_eq!(shown(&all.check), ["$.total"]);
        assert_eq!((all.store.as_deref(), all.ttl.get()), (Some("Seen"), 172_800));
    }

    #[test]
    fn every_mistake_is_one_message() {
        for (text, begin) in [
            ("idempotent()", "`idempotent` needs to know where the key of an event is"),
            (
                r#"idempotent("$.id")"#,
                "`idempotent` needs to know where the key of an event is\n\nhelp: write `key = \"$.id\"`",
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
            let message = refused(text);
            assert!(message.starts_with(begin), "{text}: {message}");
        }
    }

    #[test]
    fn what_is_checked_is_no_part_of_the_key() {
        for (key, check) in [("$", "$.id"), ("$.id", "$.id"), ("$.order", "$.order.lines[0]")] {
            let found = refused(&format!("idempotent(key = \"{key}\", check = \"{check}\")"));
            let message = format!("`{check}` is part of the key `{key}`, and never differs");
            assert!(found.starts_with(&message), "{found}");
        }
        for (key, check) in [("$.id", "$"), ("$.order.id", "$.order"), ("$.a", "$.ab")] {
            let text = format!("idempotent(key = \"{key}\", check = \"{check}\")");
            assert!(read_with(&text).is_ok(), "{key} {check}");
        }
    }
}
