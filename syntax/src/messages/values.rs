//! Messages about a single value: text, numbers, words, references, durations and properties.

use skylift_model::aws::shape::{Certainty, ShapeProblem};
use skylift_model::message::Message;

use super::{did_you_mean, list, one_of};

/// Reports that a value is not a whole number, but a text that may begin with one: `"512"`, `512MB`. `found` describes
/// the value, and `text` is its text.
pub(crate) fn not_a_number(found: &str, text: &str) -> Message {
    let message = expected(super::phrases::WHOLE_NUMBER, found);
    let digits: String = text.trim().chars().take_while(char::is_ascii_digit).collect();
    if digits.is_empty() { message } else { message.with_help(format!("write `{digits}`")) }
}

/// Reports that a value is not the expected one. `what` is the noun for the expected value, and `found`
/// describes the actual value.
pub(crate) fn expected(what: &str, found: &str) -> Message {
    format!("expected {what}, found {found}").into()
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

/// Reports that a word is none of the accepted words. `what` is the noun for the accepted words, and `known`
/// lists them.
pub(crate) fn unknown_word(word: &str, what: &str, known: &[&str]) -> Message {
    Message::new(format!("`{word}` is not {what}")).with_help(did_you_mean(word, known, one_of))
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
pub(super) fn arn_form(what: &str, form: &str) -> String {
    format!("the ARN of {what} looks like `{form}`")
}

// Durations.

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
