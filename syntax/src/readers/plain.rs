//! Readers of text, numbers, words and booleans. Each takes a value of the tree and returns `None` after an
//! error was recorded.

use std::fmt::Display;

use skylift_model::aws::name::InvalidName;
use skylift_model::aws::value;

use super::computed::{find_number, find_string, is_computed};
use super::{accept, report_expected};
use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::tree::{ArgValue, ArgValueKind};

/// Reads plain text: a string that CloudFormation does not change.
pub fn read_text<'a>(value: &'a ArgValue, errors: &mut Errors) -> Option<&'a str> {
    let ArgValueKind::Str(text) = &value.kind else {
        return report_not_a_string(phrases::STRING, value, errors);
    };
    if value::has_dynamic_reference(text) {
        errors.push(&value.span, messages::dynamic_reference());
        return None;
    }
    Some(text)
}

/// Reports that a value is not a string, or `what` that may be a string. A word, a number or a literal of another kind is
/// shown in quotes. Always returns `None`, so that a reader can return the result.
pub(crate) fn report_not_a_string<T>(
    what: &str,
    value: &ArgValue,
    errors: &mut Errors,
) -> Option<T> {
    if is_computed(value) {
        return report_expected(what, value, errors);
    }
    let text = find_meant_text(value);
    errors.push(&value.span, messages::not_a_string(what, &value.describe(), text.as_deref()));
    None
}

/// Returns the text that is most likely meant by a value that is not a string: a word, a number or a literal of another
/// kind without its quotes, or the only text of a list.
fn find_meant_text(value: &ArgValue) -> Option<String> {
    match &value.kind {
        ArgValueKind::Int(number) => Some(number.to_string()),
        ArgValueKind::Float(number) => Some(number.to_string()),
        ArgValueKind::Other(text) => find_string(text),
        ArgValueKind::Path(segments, _) => match segments.as_slice() {
            [word] => Some(word.clone()),
            _ => None,
        },
        ArgValueKind::List(items) => match items.as_slice() {
            [ArgValue { kind: ArgValueKind::Str(only), .. }] => Some(only.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// Reads plain text that is not empty.
pub fn read_non_empty_text(value: &ArgValue, errors: &mut Errors) -> Option<String> {
    let text = read_text(value, errors)?;
    if text.is_empty() {
        errors.push(&value.span, messages::text_empty());
        return None;
    }
    Some(text.to_owned())
}

/// Reads plain text of at most `limit` characters. `what` is the noun for the text in messages.
pub fn read_short_text(
    value: &ArgValue,
    limit: usize,
    what: &str,
    errors: &mut Errors,
) -> Option<String> {
    let text = read_text(value, errors)?;
    let length = text.chars().count();
    if length > limit {
        errors.push(&value.span, messages::text_too_long(what, length, limit));
        return None;
    }
    Some(text.to_owned())
}

/// Reads a whole number that the model accepts.
pub fn read_number<T: TryFrom<u64>>(value: &ArgValue, errors: &mut Errors) -> Option<T>
where
    T::Error: Display,
{
    let number = match &value.kind {
        ArgValueKind::Int(number) => *number,
        ArgValueKind::Str(text) | ArgValueKind::Other(text) => {
            let number = find_number(text);
            if number.is_none() {
                return report_expected(phrases::WHOLE_NUMBER, value, errors);
            }
            errors.push(&value.span, messages::not_a_number(&value.describe(), number.as_deref()));
            return None;
        }
        _ => return report_expected(phrases::WHOLE_NUMBER, value, errors),
    };
    let Ok(number) = u64::try_from(number) else {
        errors.push(&value.span, messages::number_out_of_u64(number));
        return None;
    };
    accept(T::try_from(number), value, errors)
}

/// Reads a name that the model accepts.
pub fn read_name<T: for<'a> TryFrom<&'a str, Error = InvalidName>>(
    value: &ArgValue,
    errors: &mut Errors,
) -> Option<T> {
    let text = read_text(value, errors)?;
    accept(T::try_from(text), value, errors)
}

/// Reads a boolean: `true` or `false`.
pub fn read_bool(value: &ArgValue, errors: &mut Errors) -> Option<bool> {
    match value.kind {
        ArgValueKind::Bool(truth) => Some(truth),
        _ if is_computed(value) => report_expected(phrases::BOOLEAN, value, errors),
        _ => {
            let message = messages::not_a_boolean(&value.describe(), find_meant_boolean(value));
            errors.push(&value.span, message);
            None
        }
    }
}

/// Returns the boolean that is most likely meant by a word or a number, as YAML and environment variables write it.
fn find_meant_boolean(value: &ArgValue) -> Option<bool> {
    if let ArgValueKind::Int(number) = value.kind {
        return matches!(number, 0 | 1).then_some(number == 1);
    }
    match value.word()?.to_lowercase().as_str() {
        "true" | "yes" | "on" | "enabled" => Some(true),
        "false" | "no" | "off" | "disabled" => Some(false),
        _ => None,
    }
}

/// Reads one of several words, with or without quotes, and returns the value that belongs to the word. `what`
/// is the noun for the words in messages.
pub fn read_word<T: Copy>(
    value: &ArgValue,
    what: &str,
    words: &[(&str, T)],
    errors: &mut Errors,
) -> Option<T> {
    let word = value.word();
    if let Some((_, meaning)) = words.iter().find(|(known, _)| Some(*known) == word) {
        return Some(*meaning);
    }
    let known: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
    let message = match word {
        Some(word) => messages::unknown_word(word, what, &known),
        None => messages::not_a_word(&value.describe(), what, &known),
    };
    errors.push(&value.span, message);
    None
}

/// Returns the items of a list. A value that is not a list counts as a list of one item.
pub fn read_list(value: &ArgValue) -> &[ArgValue] {
    match &value.kind {
        ArgValueKind::List(items) => items,
        _ => std::slice::from_ref(value),
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::name::LogicalId;
    use skylift_model::settings::Memory;

    use super::*;
    use crate::tree::testing::{accepted, rejected};

    #[test]
    fn text_is_a_string_that_cloudformation_does_not_change() {
        assert_eq!(
            accepted(r#""a b""#, |it, errors| read_text(it, errors).map(str::to_owned)),
            "a b"
        );
        assert_eq!(accepted(r#""""#, |it, errors| read_text(it, errors).map(str::to_owned)), "");
        let rejected = |text| rejected(text, |it, errors| read_text(it, errors).map(str::to_owned));
        for (wrong, found, meant) in [
            ("3", "a number", "3"),
            ("0.5", "a number with a fraction", "0.5"),
            ("word", "`word`", "word"),
            (r#"["one"]"#, "a list", "one"),
            (r#"["one", "two"]"#, "a list", "…"),
            ("[1]", "a list", "…"),
            ("true", "a boolean", "…"),
        ] {
            let way = if meant == "…" { "write a text in quotes: " } else { "write " };
            let message = format!("expected a string, found {found}\n\nhelp: {way}`\"{meant}\"`");
            assert_eq!(rejected(wrong), message);
        }
        assert!(rejected("a::b").starts_with("expected a string, found `a::b`"));
        assert!(rejected("LIMIT").ends_with("write the value itself"));
        let resolved = rejected(r#""x{{resolve:ssm:a}}""#);
        assert!(
            resolved.starts_with("CloudFormation would replace the `{{resolve:…}}` in this text")
        );
        assert!(resolved.contains("write `ssm(\"/path\")`"), "{resolved}");
    }

    #[test]
    fn an_empty_text_is_rejected() {
        assert_eq!(accepted(r#""a""#, read_non_empty_text), "a");
        assert_eq!(rejected(r#""""#, read_non_empty_text), "this text is empty");
    }

    #[test]
    fn the_length_of_a_text_is_counted_in_characters() {
        let within =
            |it: &ArgValue, errors: &mut Errors| read_short_text(it, 3, "the text", errors);
        assert_eq!(
            accepted("\"größe\"", |it, errors| read_short_text(it, 5, "it", errors)),
            "größe"
        );
        assert_eq!(accepted("\"äöü\"", within), "äöü");
        assert_eq!(rejected("\"abcd\"", within), "the text has 4 characters, AWS takes 3");
    }

    #[test]
    fn a_number_is_whole_and_accepted_by_the_model() {
        assert_eq!(accepted("512", read_number::<Memory>).get(), 512);
        for (wrong, message) in [
            ("-1", "expected a whole number of 0 or more, found -1"),
            ("1.5", "expected a whole number, found a number with a fraction"),
            (r#""1MB""#, "expected a whole number, found a string\n\nhelp: write `1`"),
            (r#""a lot""#, "expected a whole number, found a string"),
            (
                "18446744073709551616",
                "expected a whole number of 0 or more, found 18446744073709551616",
            ),
            ("1", "memory of 1 MB is out of range: AWS takes 128 to 10240 MB"),
        ] {
            assert_eq!(rejected(wrong, read_number::<Memory>), message, "{wrong}");
        }
    }

    #[test]
    fn a_name_has_to_be_accepted_by_the_model() {
        assert_eq!(accepted(r#""Uploads""#, read_name::<LogicalId>).as_str(), "Uploads");
        assert!(rejected(r#""a-b""#, read_name::<LogicalId>).contains("is not a logical id"));
        let found = rejected("3", read_name::<LogicalId>);
        assert!(found.starts_with("expected a string, found a number"), "{found}");
    }

    #[test]
    fn a_boolean_is_true_or_false() {
        assert!(accepted("true", read_bool));
        assert!(!accepted("false", read_bool));
        for (wrong, found, meant) in [
            ("yes", "`yes`", Some(true)),
            ("Off", "`Off`", Some(false)),
            ("0", "a number", Some(false)),
            ("1", "a number", Some(true)),
            ("2", "a number", None),
            (r#""true""#, "a string", Some(true)),
            (r#""maybe""#, "a string", None),
            ("[true]", "a list", None),
        ] {
            let help = match meant {
                Some(meant) => format!("write `{meant}`"),
                None => "write `true` or `false`, without quotes".to_owned(),
            };
            assert_eq!(
                rejected(wrong, read_bool),
                format!("expected `true` or `false`, found {found}\n\nhelp: {help}")
            );
        }
    }

    #[test]
    fn a_word_is_accepted_with_or_without_quotes() {
        let read = |it: &ArgValue, errors: &mut Errors| {
            read_word(it, "a colour", &[("red", 1), ("green", 2)], errors)
        };
        for (right_one, meaning) in [("red", 1), (r#""green""#, 2)] {
            assert_eq!(accepted(right_one, read), meaning);
        }
        for (wrong, message) in [
            ("gren", "`gren` is not a colour\n\nhelp: did you mean `green`?"),
            ("blue", "`blue` is not a colour\n\nhelp: one of `red` and `green`"),
            ("3", "a number is not a colour\n\nhelp: one of `red` and `green`"),
            ("a::red", "`a::red` is not a colour\n\nhelp: one of `red` and `green`"),
        ] {
            assert_eq!(rejected(wrong, read), message, "{wrong}");
        }
    }

    #[test]
    fn a_single_value_is_a_list_of_one() {
        let count = |it: &ArgValue, _: &mut Errors| Some(read_list(it).len());
        for (text, length) in [("[1, 2]", 2), ("[]", 0), ("3", 1), ("{}", 1)] {
            assert_eq!(accepted(text, count), length, "{text}");
        }
    }
}
