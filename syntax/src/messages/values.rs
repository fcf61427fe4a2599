//! Messages about a single value: text, numbers, words, references, durations and properties.

use skylift_model::aws::name::InvalidName;
use skylift_model::aws::shape::{Certainty, ShapeProblem};
use skylift_model::message::Message;

use super::{did_you_mean, list, one_of};

/// The help for a value that the compiler would compute.
const WRITE_THE_VALUE: &str =
    "the attribute is read before the compiler computes values: write the value itself";

/// Reports that a value is not a whole number. `found` describes the value, and `number` is the number that was most
/// likely meant.
pub(crate) fn not_a_number(found: &str, number: Option<&str>) -> Message {
    let message = expected(super::phrases::WHOLE_NUMBER, found);
    match number {
        Some(number) => message.with_help(format!("write `{number}`")),
        None => message,
    }
}

/// Reports that a value is not a string. `what` is the noun for the expected value, `found` describes the value, and
/// `text` is the string that was most likely meant.
pub(crate) fn not_a_string(what: &str, found: &str, text: Option<&str>) -> Message {
    let message = expected(what, found);
    match text {
        Some(text) => message.with_help(format!("write `{text:?}`")),
        None if what == super::phrases::STRING => {
            message.with_help("write a text in quotes: `\"…\"`")
        }
        // Other phrases show what to write.
        None => message,
    }
}

/// Reports that a value is not a boolean. `found` describes the value, and `meant` is the boolean that was most likely
/// meant.
pub(crate) fn not_a_boolean(found: &str, meant: Option<bool>) -> Message {
    expected(super::phrases::BOOLEAN, found).with_help(match meant {
        Some(meant) => format!("write `{meant}`"),
        None => "write `true` or `false`, without quotes".to_owned(),
    })
}

/// Reports that a value is computed by the compiler, such as a constant or an expression. `what` is the noun for the
/// expected value, and `found` describes the actual value.
pub(crate) fn computed_value(what: &str, found: &str) -> Message {
    expected(what, found).with_help(WRITE_THE_VALUE)
}

/// Reports that a value is not the expected one. `what` is the noun for the expected value, and `found`
/// describes the actual value.
pub(crate) fn expected(what: &str, found: &str) -> Message {
    format!("expected {what}, found {found}").into()
}

/// Reports that a value is a variable of the environment of the build. `what` is the noun for the expected value, and
/// `found` describes the actual value.
pub(crate) fn variable_of_build(what: &str, found: &str) -> Message {
    expected(what, found).with_help(
        "write the value itself, or `param(\"…\")`: `sam deploy --parameter-overrides` gives it a value",
    )
}

// Text, numbers and words.

/// Reports that a text contains a dynamic reference, which CloudFormation would replace.
pub(crate) fn dynamic_reference() -> Message {
    Message::new("CloudFormation would replace the `{{resolve:…}}` in this text").with_help(
        "a template has no escape for it; to read a parameter when the stack is deployed, write `ssm(\"/path\")`",
    )
}

/// Reports that a text is empty.
pub(crate) fn text_empty() -> Message {
    "this text is empty".into()
}

/// Reports that a text is longer than AWS accepts. `what` is the noun for the text, `length` is the number of
/// its characters, and `limit` is the greatest accepted number.
pub(crate) fn text_too_long(what: &str, length: usize, limit: usize) -> Message {
    format!("{what} has {length} characters, AWS takes {limit}").into()
}

/// Reports that a number is negative or too large for a `u64`.
pub(crate) fn number_out_of_u64(number: i128) -> Message {
    format!("expected a whole number of 0 or more, found {number}").into()
}

/// Other names of words, in small letters, each with the word.
const OTHER_WORDS: &[(&[&str], &str)] = &[
    (&["aarch64", "arm", "arm64v8", "graviton"], "arm64"),
    (&["amd64", "x64", "x86", "x86-64", "intel"], "x86_64"),
    (&["warning"], "warn"),
    (&["critical", "panic"], "fatal"),
    (&["off", "none"], "disabled"),
    (&["on", "enabled", "xray"], "active"),
    (&["plain", "plaintext"], "text"),
];

/// Reports that a word is none of the accepted words. `what` is the noun for the accepted words, and `known`
/// lists them.
pub(crate) fn unknown_word(word: &str, what: &str, known: &[&str]) -> Message {
    let other = OTHER_WORDS.iter().find(|(words, _)| words.contains(&word.to_lowercase().as_str()));
    let help = match other.filter(|(_, meant)| known.contains(meant)) {
        Some((_, meant)) => format!("did you mean `{meant}`?"),
        None => did_you_mean(word, known, one_of),
    };
    Message::new(format!("`{word}` is not {what}")).with_help(help)
}

/// Reports that a value is not a word. `found` describes the value, `what` is the noun for the accepted words,
/// and `known` lists them.
pub(crate) fn not_a_word(found: &str, what: &str, known: &[&str]) -> Message {
    Message::new(format!("{found} is not {what}")).with_help(one_of(known))
}

/// Reports that a list contains the same name, path or event type twice.
pub(crate) fn named_twice(name: &str) -> Message {
    format!("`{name}` is named twice").into()
}

// References.

/// Reports that a function in an attribute gives no value. `known` are the functions that give one, such as
/// `param`.
pub(crate) fn unknown_value_function(function: &str, known: &[&str]) -> Message {
    let help = did_you_mean(function, known, |known| {
        format!("a value is a literal, the path of a `#[resource]`, or one of {}", list(known))
    });
    Message::new(format!("`{function}(…)` is not a value")).with_help(help)
}

/// Reports a text in `sub(…)` in which nothing is replaced.
pub(crate) fn nothing_to_replace(text: &str) -> Message {
    Message::new(format!("CloudFormation replaces nothing in `{text}`")).with_help(format!(
        "write `{text:?}` alone, or name what is replaced, as in `\"${{AWS::Region}}\"` or `\"${{Api}}\"`"
    ))
}

/// Reports that a text in `overlay("Id", "…")` is not the name of an attribute.
pub(crate) fn not_an_attribute(text: &str) -> Message {
    Message::new(format!("`{text}` is not an attribute of a resource"))
        .with_help("write one that its type returns, as in `overlay(\"Db\", \"Endpoint.Address\")`")
}

/// Reports that a text is a URL in the place of a name or an ARN. `name` is the name in the URL, if it is certain.
pub(crate) fn url_in_place_of_name(text: &str, name: Option<&str>) -> Message {
    let name = name.map_or_else(|| "the name".to_owned(), |name| format!("the name `{name:?}`"));
    Message::new(format!("`{text}` is a URL, expected a name or an ARN")).with_help(format!(
        "write {name} if it is in the account and region of the stack, and its ARN otherwise"
    ))
}

/// Reports that `text` is not the ARN of `what`. `form` is the help that shows the form of a right ARN.
pub(crate) fn not_the_arn_of(text: &str, what: &str, form: &str) -> Message {
    let message = Message::new(format!("`{text}` is not the ARN of {what}"));
    if text.contains("${") {
        return message.with_help(
            "`${…}` is not replaced here: write the name alone for one of this account and region, or `param(\"…\")` for its ARN",
        );
    }
    message.with_help(form)
}

/// Reports that an ARN does not belong to a resource of the expected kind. `what` is the noun for the kind, and
/// `form` is an example ARN.
pub(crate) fn arn_of_another_kind(text: &str, what: &str, form: &str) -> Message {
    not_the_arn_of(text, what, &arn_form(what, form))
}

/// Returns the help that shows the form of the ARN of a resource. `what` is the noun for the resource, and
/// `form` is an example ARN.
pub(crate) fn arn_form(what: &str, form: &str) -> String {
    format!("the ARN of {what} looks like `{form}`")
}

/// Returns the message about a text that is not a valid name, for the reason `error`, where a resource can also be named
/// by its struct. The name of a type in quotes most likely means the struct.
pub(crate) fn invalid_name(name: &str, error: &InvalidName) -> Message {
    let is_type = name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.chars().all(|it| it.is_ascii_alphanumeric());
    let message = Message::new(error.to_string());
    if !is_type {
        return message;
    }
    message.with_help(format!("to name the `#[resource]` `{name}`, write it without quotes"))
}

// Durations and schedules.

/// Reports that a schedule expression, `text`, is written without quotes.
pub(crate) fn schedule_without_quotes(text: &str) -> Message {
    Message::new("a schedule is a string").with_help(format!("write `\"{text}\"`"))
}

/// Reports that a value is not a schedule. `found` describes the value.
pub(crate) fn schedule_expected(found: &str) -> Message {
    expected("a schedule in quotes", found).with_help("write `\"rate(5 minutes)\"`")
}

/// Reports that a value is not a duration. `found` describes the value, and `duration` is the duration that was most
/// likely meant.
pub(crate) fn not_a_duration(found: &str, duration: Option<&str>) -> Message {
    let help = duration.map_or_else(
        || "write a number with its unit in quotes, such as `\"30s\"`".to_owned(),
        |duration| format!("write `\"{duration}\"`"),
    );
    expected(super::phrases::DURATION, found).with_help(help)
}

/// Reports that a number stands in place of a duration. `units` are the units to suggest in the help.
pub(crate) fn duration_without_unit(number: i128, units: &[&str]) -> Message {
    let durations: Vec<String> = units.iter().map(|unit| format!("`\"{number}{unit}\"`")).collect();
    Message::new("expected a duration, found a number")
        .with_help(format!("write {}", durations.join(" or ")))
}

// Properties.

/// Reports that `properties` sets a property that Skylift sets. `owner` is the attribute or the kind that has
/// the property, and `key` is the key that sets the property, if there is one.
pub(crate) fn reserved_property(property: &str, owner: &str, key: Option<&str>) -> Message {
    let message =
        Message::new(format!("`{property}` is set by Skylift: `properties` cannot change it"));
    match key {
        Some(key) => message.with_help(format!("`{owner}` has a key for it: `{key}`")),
        None => message,
    }
}

/// Reports a property that the type `kind` has under another name. `help` says what to write.
pub(crate) fn property_of_another_name(property: &str, kind: &str, help: &str) -> Message {
    Message::new(format!("`{kind}` has no property `{property}`")).with_help(help)
}

/// Reports that a property of which Skylift sets some parts is not a map. `found` describes the value.
pub(crate) fn property_not_a_map(property: &str, found: &str) -> Message {
    Message::new(format!("`{property}` takes a map, found {found}"))
        .with_help(format!("write `\"{property}\": {{ … }}`: Skylift adds the parts that it sets"))
}

/// Reports that a property of which Skylift sets some parts is an intrinsic function, so that its parts are not
/// known.
pub(crate) fn property_hidden_by_function(function: &str, property: &str) -> Message {
    Message::new(format!("`{function}` hides which parts of `{property}` it sets"))
        .with_help("write the map itself: Skylift adds the parts that it sets")
}

/// Returns the message about a property that AWS does not have, or about a value in another form than AWS accepts.
/// The help says how to insist on a name that AWS has added.
pub(crate) fn shape_problem(problem: ShapeProblem) -> Message {
    match problem.certainty {
        Certainty::Certain => problem.message,
        Certainty::TypingMistake | Certainty::UnknownName => with_insisting(problem.message),
    }
}

/// Adds to the help of a message how to insist on a name that is not in the tables of AWS's names.
pub(super) fn with_insisting(message: Message) -> Message {
    const INSISTING: &str = "if AWS has added this name since, write the value as `unchecked(…)`";
    let help = match &message.help {
        Some(help) => format!("{help}\n{INSISTING}"),
        None => INSISTING.to_owned(),
    };
    message.with_help(help)
}
