//! Reads an unquoted scalar of an overlay. CloudFormation reads YAML 1.1, where `NO` is false and `012` is ten.
//! This module reads a scalar in the same way, and the template gets the value in a form that every parser reads
//! alike. A scalar is an error if YAML parsers read it differently, or if its YAML 1.1 value is hardly intended.
//! The help of such an error is to add quotes.

use skylift_model::aws::node::Node;
use skylift_model::message::Message;

use crate::messages;

/// Reads an unquoted scalar as a value: a boolean, a number or text. Returns a message if the scalar has to be
/// quoted.
pub(super) fn parse_plain(text: &str) -> Result<Node, Message> {
    match text {
        "" => Err(messages::value_missing()),
        "~" | "null" | "Null" | "NULL" => Err(messages::null_value(text)),
        "yes" | "Yes" | "YES" | "true" | "True" | "TRUE" | "on" | "On" | "ON" => {
            Ok(Node::Bool(true))
        }
        "no" | "No" | "NO" | "false" | "False" | "FALSE" | "off" | "Off" | "OFF" => {
            Ok(Node::Bool(false))
        }
        _ => parse_number(text).unwrap_or_else(|| Ok(Node::from(text))),
    }
}

/// The key with which YAML merges maps.
pub(super) const MERGE_KEY: &str = "<<";

/// Reads an unquoted scalar as a key of a map, and returns the key's text. Returns a message if CloudFormation
/// would not read the scalar as this text.
pub(super) fn parse_key(text: &str) -> Result<&str, Message> {
    if text == MERGE_KEY {
        return Err(messages::merge_key());
    }
    match parse_plain(text) {
        Ok(Node::Str(_)) => Ok(text),
        // For example an HTTP status: every parser reads the same text.
        Ok(Node::Int(number)) if number.to_string() == text => Ok(text),
        Ok(Node::Bool(_)) => Err(messages::key_is_boolean(text)),
        Ok(_) => Err(messages::key_is_number(text)),
        Err(_) if text.is_empty() => Err(messages::key_empty()),
        Err(_) => Err(messages::key_is_not_text(text)),
    }
}

/// Reads an unquoted scalar as a number. Returns `None` if every parser reads the scalar as text, and a message if
/// parsers disagree or a template cannot contain the number.
fn parse_number(text: &str) -> Option<Result<Node, Message>> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let first = *digits.as_bytes().first()?;
    if !(first.is_ascii_digit() || first == b'.') {
        return None;
    }
    if matches!(digits, ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN") {
        return Some(Err(messages::infinite_number(text)));
    }
    let negative = text.starts_with('-');
    if let Some((radix, digits)) = parse_integer(digits) {
        let signed = format!("{}{digits}", if negative { "-" } else { "" });
        return Some(
            i64::from_str_radix(&signed, radix)
                .map(|number| Node::Int(number.into()))
                .map_err(|_| messages::number_over_64_bits(text)),
        );
    }
    if is_base_60(digits) {
        return Some(Err(messages::base_60_number(text)));
    }
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (digits, None),
    };
    let is_digits = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
    if exponent.is_some_and(|it| !is_digits(it.strip_prefix(['+', '-']).unwrap_or(it))) {
        return None;
    }
    let (before, after) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let figures = |it: &str| it.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    if !figures(before) || !figures(after) || mantissa == "." || before.starts_with('_') {
        return None;
    }
    if before.is_empty() && !after.starts_with(|it: char| it.is_ascii_digit()) {
        return None;
    }
    // A leading zero with digits that are not octal: text to every YAML 1.1 parser.
    if exponent.is_none() && !mantissa.contains('.') {
        return None;
    }
    // All parsers read a number only if an exponent has a sign and a point before it, and if a digit follows the
    // number's sign. Otherwise some parsers read text.
    let certain = mantissa.contains('.')
        && exponent.is_none_or(|it| it.starts_with(['+', '-']))
        && !(before.is_empty() && digits.len() < text.len());
    if !certain {
        return Some(Err(messages::ambiguous_number(text)));
    }
    let plain = format!("{}{}", if negative { "-" } else { "" }, digits.replace('_', ""));
    match plain.parse::<f64>() {
        Ok(number) if number.is_finite() => Some(Ok(Node::Float(number))),
        _ => Some(Err(messages::infinite_number(text))),
    }
}

/// Returns the radix and the digits of an integer without its sign, or `None` if `digits` is not an integer of YAML
/// 1.1.
fn parse_integer(digits: &str) -> Option<(u32, String)> {
    let lower = |prefix| digits.strip_prefix(prefix);
    let (radix, figures) = if let Some(rest) = lower("0b") {
        (2, rest)
    } else if let Some(rest) = lower("0x") {
        (16, rest)
    } else if digits.len() > 1 && digits.starts_with('0') {
        (8, digits)
    } else if digits.starts_with('_') {
        return None;
    } else {
        (10, digits)
    };
    let figures_only = figures.chars().all(|it| it == '_' || it.is_digit(radix));
    let figures = figures.replace('_', "");
    (figures_only && !figures.is_empty()).then_some((radix, figures))
}

/// Returns whether YAML 1.1 reads an unsigned scalar as a number with base 60, such as `1:30` or `1:30.5`.
fn is_base_60(digits: &str) -> bool {
    let (sixties, _) = digits.split_once('.').unwrap_or((digits, ""));
    let mut parts = sixties.split(':');
    let Some(first) = parts.next() else { return false };
    let figures = |it: &str| it.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_');
    // With a fraction, the number may start with a zero.
    let leads = first.starts_with(|it: char| ('1'..='9').contains(&it))
        || digits.contains('.') && first.starts_with('0');
    let mut some = false;
    for part in parts {
        some = true;
        if !matches!(part.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9']) {
            return false;
        }
    }
    some && leads && figures(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers_are_read_as_yaml_1_1() {
        for (text, node) in [
            ("NO", Node::Bool(false)),
            ("on", Node::Bool(true)),
            ("True", Node::Bool(true)),
            ("y", Node::from("y")),
            ("N", Node::from("N")),
            ("tRUE", Node::from("tRUE")),
            ("12", Node::Int(12)),
            ("-12", Node::Int(-12)),
            ("+12", Node::Int(12)),
            ("0", Node::Int(0)),
            ("012", Node::Int(10)),
            ("0_", Node::Int(0)),
            ("0x1F", Node::Int(31)),
            ("0b101", Node::Int(5)),
            ("1_000", Node::Int(1000)),
            ("-9223372036854775808", Node::from(i64::MIN)),
            ("1.10", Node::Float(1.1)),
            ("1.", Node::Float(1.0)),
            (".5", Node::Float(0.5)),
            ("-1.5e+3", Node::Float(-1500.0)),
            ("1.0e-07", Node::Float(1e-7)),
        ] {
            assert_eq!(parse_plain(text), Ok(node), "{text}");
        }
    }

    #[test]
    fn text_that_only_looks_like_a_number_is_text() {
        for text in [
            "2010-09-09",
            "1.2.3",
            "012345678901",
            "08",
            "0o17",
            "0b2",
            "0xg",
            "0x",
            "1a",
            "_1",
            ".",
            "..",
            "._1",
            "-",
            "+",
            "1e",
            "1.5e",
            "e5",
            "05:00",
            "1a:30",
            "1:75",
            "1:2:",
            "10.0.0.0/16",
            "arn:aws:s3:::a",
            "=",
            "1,000",
            "0x1.5",
            "Inf",
            "nan",
        ] {
            assert_eq!(parse_plain(text), Ok(Node::from(text)), "{text}");
        }
    }

    #[test]
    fn ambiguous_scalars_are_errors_with_quotes_as_the_help() {
        for text in [
            "-.5",
            "+.5e+3",
            "1e3",
            "12e4",
            "1.5e3",
            "22:22",
            "1:30:00",
            "1:30.5",
            "0:30.5",
            "1_0:30",
            ".inf",
            "-.INF",
            ".nan",
            "~",
            "null",
            "9223372036854775808",
            "1.0e+999",
        ] {
            let refused = parse_plain(text).unwrap_err();
            let help = refused.help.unwrap_or_default();
            assert!(refused.text.starts_with(&format!("`{text}` is ")), "{}", refused.text);
            assert!(help.ends_with(&format!("write `\"{text}\"`")), "{help}");
        }
        assert!(parse_plain("").unwrap_err().text.starts_with("there is no value here"));
    }

    #[test]
    fn a_key_is_read_only_if_it_is_a_name() {
        for name in ["Resources", "200", "0", "2012-10-17", "s3:prefix", "*", "1.2.3", "y"] {
            assert_eq!(parse_key(name), Ok(name));
        }
        for other in ["on", "NO", "012", "1.0", "1_0", "+1", "~", "null", "<<", "", "1e3"] {
            assert!(parse_key(other).is_err(), "{other}");
        }
        assert_eq!(
            parse_key("on").unwrap_err().help.as_deref(),
            Some("for the text, write `\"on\"`")
        );
    }
}
