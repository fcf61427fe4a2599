//! From values of the tree to values of the model: each reader takes one value, and gives what it
//! means or records why it means nothing.

use std::fmt::Display;
use std::str::FromStr;

use skylift_model::aws::arn;
use skylift_model::aws::name::{InvalidName, ParameterName};
use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::value::{self, Reference};
use skylift_model::duration::{Duration, DurationError, Milliseconds};
use skylift_model::resource::{self, Existing};
use skylift_model::schedule::Schedule;
use skylift_model::suggest;

use crate::errors::Errors;
use crate::place::Place;
use crate::tree::{Args, Key, Kind, Value};

/// Plain text: a string that CloudFormation leaves as it is.
pub fn text<'a>(value: &'a Value, errors: &mut Errors) -> Option<&'a str> {
    let Kind::Str(text) = &value.kind else {
        return expected("a string", value, errors);
    };
    if value::has_dynamic_reference(text) {
        errors
            .push(&value.place, "CloudFormation would replace the `{{resolve:…}}` in this text")
            .help("a template has no escape for it; to read a parameter when deployed, write `ssm(\"/path\")`");
        return None;
    }
    Some(text)
}

/// Plain text that is not empty.
pub fn some_text(value: &Value, errors: &mut Errors) -> Option<String> {
    let text = text(value, errors)?;
    if text.is_empty() {
        errors.push(&value.place, "this text is empty");
        return None;
    }
    Some(text.to_owned())
}

/// Plain text of at most so many characters.
pub fn text_within(value: &Value, most: usize, what: &str, errors: &mut Errors) -> Option<String> {
    let text = text(value, errors)?;
    let length = text.chars().count();
    if length > most {
        errors.push(&value.place, format!("{what} has {length} characters, AWS takes {most}"));
        return None;
    }
    Some(text.to_owned())
}

/// A whole number that the model takes.
pub fn number<T: TryFrom<u64>>(value: &Value, errors: &mut Errors) -> Option<T>
where
    T::Error: Display,
{
    let Kind::Int(number) = value.kind else {
        let found = expected("a whole number", value, errors);
        return found;
    };
    let Ok(number) = u64::try_from(number) else {
        errors.push(&value.place, format!("expected a whole number of 0 or more, found {number}"));
        return None;
    };
    valid(T::try_from(number), value, errors)
}

/// A length of time that the model takes, in seconds.
pub fn seconds<T: TryFrom<u64>>(value: &Value, errors: &mut Errors) -> Option<T>
where
    T::Error: Display,
{
    let help = |number| format!("write `\"{number}s\"`");
    let duration: Duration = length(value, help, errors)?;
    valid(T::try_from(duration.seconds()), value, errors)
}

/// A length of time that may be shorter than a second.
pub fn milliseconds(value: &Value, errors: &mut Errors) -> Option<Milliseconds> {
    let help = |number| format!("write `\"{number}ms\"` or `\"{number}s\"`");
    length(value, help, errors)
}

/// A length of time; `help` is what to write for a number alone.
fn length<T: FromStr<Err = DurationError>>(
    value: &Value,
    help: impl FnOnce(i128) -> String,
    errors: &mut Errors,
) -> Option<T> {
    let Kind::Str(text) = &value.kind else {
        let message =
            errors.push(&value.place, format!("expected a duration, found {}", value.describe()));
        if let Kind::Int(number) = value.kind {
            message.help(help(number));
        }
        return None;
    };
    match text.parse() {
        Ok(length) => Some(length),
        Err(error) => {
            let message = errors.push(&value.place, error.message());
            if let Some(help) = error.help() {
                message.help(help);
            }
            None
        }
    }
}

/// A name that the model takes.
pub fn name<T: for<'a> TryFrom<&'a str, Error = InvalidName>>(
    value: &Value,
    errors: &mut Errors,
) -> Option<T> {
    let text = text(value, errors)?;
    valid(T::try_from(text), value, errors)
}

/// `true` or `false`.
pub fn boolean(value: &Value, errors: &mut Errors) -> Option<bool> {
    match value.kind {
        Kind::Bool(truth) => Some(truth),
        _ => expected("`true` or `false`", value, errors),
    }
}

/// One of some words, with or without quotes.
pub fn word<T: Copy>(
    value: &Value,
    what: &str,
    words: &[(&str, T)],
    errors: &mut Errors,
) -> Option<T> {
    let word = value.word();
    if let Some((_, meaning)) = words.iter().find(|(known, _)| Some(*known) == word) {
        return Some(*meaning);
    }
    let known = || words.iter().map(|(known, _)| *known);
    let found = word.map_or_else(|| value.describe(), |word| format!("`{word}`"));
    let message = errors.push(&value.place, format!("{found} is not {what}"));
    message.help(match word.and_then(|word| suggest::nearest(word, known())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("one of {}", suggest::list(known())),
    });
    None
}

/// A schedule of an EventBridge rule.
pub fn schedule(value: &Value, errors: &mut Errors) -> Option<Schedule> {
    let text = text(value, errors)?;
    match Schedule::from_str(text) {
        Ok(schedule) => Some(schedule),
        Err(error) => {
            let message = errors.push(&value.place, error.message());
            if let Some(help) = error.help() {
                message.help(help);
            }
            None
        }
    }
}

/// The items of a list; one value alone is a list of one.
pub fn list(value: &Value) -> &[Value] {
    match &value.kind {
        Kind::List(items) => items,
        _ => std::slice::from_ref(value),
    }
}

/// A value that may be known only when the stack is deployed.
pub fn value(value: &Value, errors: &mut Errors) -> Option<value::Value> {
    match &value.kind {
        Kind::Str(_) => text(value, errors).map(|text| value::Value::Literal(text.to_owned())),
        Kind::Int(number) => Some(value::Value::Literal(number.to_string())),
        Kind::Float(number) => Some(value::Value::Literal(number.to_string())),
        Kind::Bool(truth) => Some(value::Value::Literal(truth.to_string())),
        Kind::Path(segments, _) => segments.last().cloned().map(value::Value::Resource),
        Kind::Call(function, args) => {
            let known = ["param", "import", "ssm"];
            if !known.contains(&function.text.as_str()) {
                unknown_value(function, known, errors);
                return None;
            }
            let inner = only(function, args, "one value in the parentheses", value, errors)?;
            match function.text.as_str() {
                "param" => name(inner, errors).map(value::Value::Param),
                "import" => some_text(inner, errors).map(value::Value::Import),
                _ => some_text(inner, errors).map(value::Value::Ssm),
            }
        }
        _ => expected("a string, the path of a `#[resource]`, or `param(\"…\")`", value, errors),
    }
}

fn unknown_value(function: &Key, known: [&str; 3], errors: &mut Errors) {
    let message = errors.push(&function.place, format!("`{}(…)` is not a value", function.text));
    message.help(match suggest::nearest(&function.text, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!(
            "a value is a literal, the path of a `#[resource]`, or one of {}",
            suggest::list(known)
        ),
    });
}

/// The one argument of `param("Name")` and its like; an error where there are others.
fn only<'a>(
    function: &Key,
    args: &'a Args,
    what: &str,
    value: &Value,
    errors: &mut Errors,
) -> Option<&'a Value> {
    let positional = args.positional();
    let [inner] = positional.as_slice() else {
        return expected(what, value, errors);
    };
    let before = errors.len();
    args.finish(&function.text, errors);
    (errors.len() == before).then_some(*inner)
}

/// What a trigger stands on: a path to a `#[resource]`, a name, an ARN, or a parameter.
pub fn reference<N>(value: &Value, errors: &mut Errors) -> Option<Reference<N>>
where
    N: for<'a> TryFrom<&'a str, Error = InvalidName>,
{
    match &value.kind {
        Kind::Path(segments, _) => segments.last().cloned().map(Reference::Declared),
        Kind::Str(_) => {
            let name = text(value, errors)?;
            if name.starts_with(arn::PREFIX) {
                return Some(Reference::Arn(name.to_owned()));
            }
            valid(N::try_from(name).map(Reference::Named), value, errors)
        }
        Kind::Call(function, args) if function.text == "param" => {
            param(function, args, value, errors).map(Reference::Param)
        }
        _ => expected(
            "the path of a `#[resource]`, a name in quotes, or `param(\"…\")`",
            value,
            errors,
        ),
    }
}

/// One that exists already: a name, an ARN, a parameter, or the id of a resource of the overlay.
/// `kind` is what it is.
pub fn existing(value: &Value, kind: resource::Kind, errors: &mut Errors) -> Option<Existing> {
    match &value.kind {
        Kind::Str(_) => {
            let text = text(value, errors)?;
            if !text.starts_with(arn::PREFIX) {
                valid(kind.is_name(text), value, errors)?;
                return Some(Existing::Name(text.to_owned()));
            }
            is_arn_of(kind, text, &value.place, errors).then(|| Existing::Arn(text.to_owned()))
        }
        Kind::Call(function, args) if function.text == "param" => {
            param(function, args, value, errors).map(Existing::Param)
        }
        Kind::Call(function, args) if function.text == "overlay" => {
            let what = "the logical id of a resource of the overlay in the parentheses";
            let inner = only(function, args, what, value, errors)?;
            name(inner, errors).map(Existing::Overlay)
        }
        _ => expected(
            "a name or an ARN in quotes, `param(\"…\")`, or `overlay(\"…\")`",
            value,
            errors,
        ),
    }
}

/// Whether a text is the ARN of a resource of this kind; an error where it is not.
pub(crate) fn is_arn_of(
    kind: resource::Kind,
    text: &str,
    place: &Place,
    errors: &mut Errors,
) -> bool {
    let is = kind.arn_name(text).is_some();
    if !is {
        let what = kind.with_article();
        errors
            .push(place, format!("`{text}` is not the ARN of {what}"))
            .help(format!("the ARN of {what} is one as in `{}`", kind.arn_form()));
    }
    is
}

/// The name in `param("Name")`.
pub(crate) fn param(
    function: &Key,
    args: &Args,
    value: &Value,
    errors: &mut Errors,
) -> Option<ParameterName> {
    let what = "the name of the parameter in the parentheses";
    let inner = only(function, args, what, value, errors)?;
    name(inner, errors)
}

/// JSON: what a template takes as it stands.
pub fn node(value: &Value, errors: &mut Errors) -> Option<Node> {
    match &value.kind {
        Kind::Str(_) => text(value, errors).map(Node::from),
        Kind::Int(number) => match i64::try_from(*number) {
            Ok(number) => Some(Node::Int(number)),
            Err(_) => expected("a number of 64 bits", value, errors),
        },
        Kind::Float(number) => Some(Node::Float(*number)),
        Kind::Bool(truth) => Some(Node::Bool(*truth)),
        Kind::Path(segments, _) if *segments == ["null"] => Some(Node::Null),
        Kind::List(items) => {
            let nodes: Vec<_> = items.iter().map(|item| node(item, errors)).collect();
            nodes.into_iter().collect::<Option<_>>().map(Node::Seq)
        }
        Kind::Map(entries) => map(entries, errors).map(Node::Map),
        _ => expected("JSON", value, errors),
    }
}

/// A JSON object.
pub fn object(value: &Value, errors: &mut Errors) -> Option<Map> {
    match &value.kind {
        Kind::Map(entries) => map(entries, errors),
        _ => expected("a map: `{ \"Key\": value }`", value, errors),
    }
}

fn map(entries: &[(Key, Value)], errors: &mut Errors) -> Option<Map> {
    let mut map = Map::new();
    let mut whole = true;
    for (key, value) in entries {
        match node(value, errors) {
            Some(node) => map.set(&key.text, node),
            None => whole = false,
        }
    }
    whole.then_some(map)
}

/// What the model made of a value, or its reason for refusing it.
pub fn valid<T, E: Display>(result: Result<T, E>, value: &Value, errors: &mut Errors) -> Option<T> {
    match result {
        Ok(valid) => Some(valid),
        Err(error) => {
            errors.push(&value.place, error.to_string());
            None
        }
    }
}

/// Records that something else was expected here.
pub(crate) fn expected<T>(what: &str, value: &Value, errors: &mut Errors) -> Option<T> {
    errors.push(&value.place, format!("expected {what}, found {}", value.describe()));
    None
}
