//! Text, numbers, words and truth: what stands in the source as it is meant.

use std::fmt::Display;

use skylift_model::aws::name::InvalidName;
use skylift_model::aws::value;
use skylift_model::suggest;

use super::{expected, valid};
use crate::errors::Errors;
use crate::tree::{Kind, Value};

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

/// The items of a list; one value alone is a list of one.
pub fn list(value: &Value) -> &[Value] {
    match &value.kind {
        Kind::List(items) => items,
        _ => std::slice::from_ref(value),
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::name::LogicalId;
    use skylift_model::settings::Memory;

    use super::*;
    use crate::tree::testing::{refused, right};

    #[test]
    fn text_is_a_string_that_cloudformation_leaves_alone() {
        assert_eq!(right(r#""a b""#, |it, errors| text(it, errors).map(str::to_owned)), "a b");
        assert_eq!(right(r#""""#, |it, errors| text(it, errors).map(str::to_owned)), "");
        let refused = |text| refused(text, |it, errors| self::text(it, errors).map(str::to_owned));
        assert_eq!(refused("3"), "expected a string, found a number");
        assert_eq!(refused("a::b"), "expected a string, found `a::b`");
        let resolved = refused(r#""x{{resolve:ssm:a}}""#);
        assert!(
            resolved.starts_with("CloudFormation would replace the `{{resolve:…}}` in this text")
        );
        assert!(resolved.contains("write `ssm(\"/path\")`"), "{resolved}");
    }

    #[test]
    fn some_text_is_not_empty() {
        assert_eq!(right(r#""a""#, some_text), "a");
        assert_eq!(refused(r#""""#, some_text), "this text is empty");
    }

    #[test]
    fn text_is_counted_in_characters() {
        let within = |it: &Value, errors: &mut Errors| text_within(it, 3, "the text", errors);
        assert_eq!(right("\"größe\"", |it, errors| text_within(it, 5, "it", errors)), "größe");
        assert_eq!(right("\"äöü\"", within), "äöü");
        assert_eq!(refused("\"abcd\"", within), "the text has 4 characters, AWS takes 3");
    }

    #[test]
    fn a_number_is_whole_and_within_what_the_model_takes() {
        assert_eq!(right("512", number::<Memory>).get(), 512);
        for (wrong, message) in [
            ("-1", "expected a whole number of 0 or more, found -1"),
            ("1.5", "expected a whole number, found a number with a fraction"),
            (r#""1""#, "expected a whole number, found a string"),
            (
                "18446744073709551616",
                "expected a whole number of 0 or more, found 18446744073709551616",
            ),
            ("1", "memory of 1 MB is out of range: AWS takes 128 to 10240 MB"),
        ] {
            assert_eq!(refused(wrong, number::<Memory>), message, "{wrong}");
        }
    }

    #[test]
    fn a_name_is_one_that_the_model_takes() {
        assert_eq!(right(r#""Uploads""#, name::<LogicalId>).as_str(), "Uploads");
        assert!(refused(r#""a-b""#, name::<LogicalId>).contains("is not a logical id"));
        assert_eq!(refused("3", name::<LogicalId>), "expected a string, found a number");
    }

    #[test]
    fn truth_is_no_word_of_another_language() {
        assert!(right("true", boolean));
        assert!(!right("false", boolean));
        for (wrong, found) in [("yes", "`yes`"), ("1", "a number"), (r#""true""#, "a string")] {
            assert_eq!(
                refused(wrong, boolean),
                format!("expected `true` or `false`, found {found}")
            );
        }
    }

    #[test]
    fn a_word_is_one_of_those_known_with_or_without_quotes() {
        let read = |it: &Value, errors: &mut Errors| {
            word(it, "a colour", &[("red", 1), ("green", 2)], errors)
        };
        for (right_one, meaning) in [("red", 1), (r#""green""#, 2)] {
            assert_eq!(right(right_one, read), meaning);
        }
        for (wrong, message) in [
            ("gren", "`gren` is not a colour\n\nhelp: did you mean `green`?"),
            ("blue", "`blue` is not a colour\n\nhelp: one of `red` and `green`"),
            ("3", "a number is not a colour\n\nhelp: one of `red` and `green`"),
            ("a::red", "`a::red` is not a colour\n\nhelp: one of `red` and `green`"),
        ] {
            assert_eq!(refused(wrong, read), message, "{wrong}");
        }
    }

    #[test]
    fn one_value_alone_is_a_list_of_one() {
        let count = |it: &Value, _: &mut Errors| Some(list(it).len());
        for (text, length) in [("[1, 2]", 2), ("[]", 0), ("3", 1), ("{}", 1)] {
            assert_eq!(right(text, count), length, "{text}");
        }
    }
}
