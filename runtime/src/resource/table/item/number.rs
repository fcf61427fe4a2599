//! Numbers of DynamoDB, which have up to 38 decimal digits, for types that take any value. A number is exact or an
//! error: as an integer of up to 64 bits, as a float that shows the same digits, or as a number of `serde_json`, which
//! keeps every digit if its feature `arbitrary_precision` is enabled.

#[cfg(feature = "table")]
use std::sync::OnceLock;

use serde::Deserializer as _;
use serde::de::{Error as _, Visitor};
#[cfg(feature = "table")]
use serde_dynamo::AttributeValue;
use serde_dynamo::Error;

use crate::messages;

/// The most significant digits that a 64-bit float can show again as they were written.
const MAX_FLOAT_DIGITS: usize = 17;

/// How `serde_json` serializes a number if its feature `arbitrary_precision` is enabled: as a struct of this name, with
/// one field of this name.
#[cfg(feature = "table")]
const SERDE_JSON_NUMBER: &str = "$serde_json::private::Number";

/// Passes a number to a visitor that takes any value. Fails if no type of number holds all of its digits.
pub(super) fn visit_exact<'de, V: Visitor<'de>>(text: &str, visitor: V) -> Result<V::Value, Error> {
    if let Ok(number) = text.parse::<i64>() {
        visitor.visit_i64(number)
    } else if let Ok(number) = text.parse::<u64>() {
        visitor.visit_u64(number)
    } else if let Some(number) = parse_exact_float(text) {
        visitor.visit_f64(number)
    } else if keeps_every_digit(text) {
        // A reader: the visitor takes nothing that is borrowed from the text.
        let mut json = serde_json::Deserializer::from_reader(text.as_bytes());
        json.deserialize_any(visitor).map_err(Error::custom)
    } else {
        Err(Error::custom(messages::client::number_too_long(text)))
    }
}

/// Passes a number to a visitor that takes any value, rounded to a float if it is not an integer of up to 64 bits.
pub(super) fn visit_rounded<'de, V: Visitor<'de>>(
    text: &str,
    visitor: V,
) -> Result<V::Value, Error> {
    match text.parse() {
        Ok(number) if !is_exact(text) => visitor.visit_f64(number),
        _ => visit_exact(text, visitor),
    }
}

/// Returns whether an integer of up to 64 bits or a 64-bit float holds all digits of a number.
pub(super) fn is_exact(text: &str) -> bool {
    text.parse::<i64>().is_ok() || text.parse::<u64>().is_ok() || parse_exact_float(text).is_some()
}

/// Returns a number as a float, if the float shows the same digits.
fn parse_exact_float(text: &str) -> Option<f64> {
    let decimal = Decimal::parse(text)?;
    let number: f64 = text.parse().ok()?;
    let digits = decimal.digits.len();
    if digits > MAX_FLOAT_DIGITS || !number.is_finite() {
        return None;
    }
    let shown = format!("{number:.*e}", digits.saturating_sub(1));
    (Decimal::parse(&shown)? == decimal).then_some(number)
}

/// Returns whether `serde_json` keeps every digit of a number. Whether it does is not known when Skylift is compiled:
/// the feature `arbitrary_precision` belongs to the application.
fn keeps_every_digit(text: &str) -> bool {
    let number = serde_json::from_str::<serde_json::Number>(text);
    number.is_ok_and(|number| {
        let (kept, written) = (Decimal::parse(&number.to_string()), Decimal::parse(text));
        kept.is_some() && kept == written
    })
}

/// A decimal number without the zeros that do not change its value: the digits `25` with the exponent -1 are 2.5.
#[derive(PartialEq)]
struct Decimal {
    is_negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    /// Parses a number in the form of JSON or of DynamoDB. Returns `None` if the text is not a number.
    fn parse(text: &str) -> Option<Self> {
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = [whole, fraction].concat();
        if all.is_empty() || !all.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let exponent: i64 = exponent.parse().ok()?;
        let significant = all.trim_start_matches('0');
        let digits = significant.trim_end_matches('0');
        let zeros = i64::try_from(significant.len() - digits.len()).ok()?;
        let places = i64::try_from(fraction.len()).ok()?;
        let is_zero = digits.is_empty();
        Some(Self {
            is_negative: is_negative && !is_zero,
            digits: digits.to_owned(),
            exponent: if is_zero { 0 } else { exponent.checked_sub(places)?.checked_add(zeros)? },
        })
    }
}

/// Makes a number of every value that `serde_json` has serialized as a number of arbitrary precision. Without the
/// feature `arbitrary_precision` of `serde_json` there is no such value.
#[cfg(feature = "table")]
pub(crate) fn restore_numbers(value: AttributeValue) -> AttributeValue {
    static HAS_SUCH_NUMBERS: OnceLock<bool> = OnceLock::new();
    let has_such_numbers = || {
        let one = serde_dynamo::to_attribute_value(serde_json::Number::from(1));
        matches!(one, Ok(AttributeValue::M(_)))
    };
    if *HAS_SUCH_NUMBERS.get_or_init(has_such_numbers) { restore(value) } else { value }
}

#[cfg(feature = "table")]
fn restore(value: AttributeValue) -> AttributeValue {
    match value {
        AttributeValue::M(mut map) => match (map.len(), map.remove(SERDE_JSON_NUMBER)) {
            (1, Some(AttributeValue::S(number))) => AttributeValue::N(number),
            (_, removed) => {
                map.extend(removed.map(|value| (SERDE_JSON_NUMBER.to_owned(), value)));
                let values = map.into_iter();
                AttributeValue::M(values.map(|(name, it)| (name, restore(it))).collect())
            }
        },
        AttributeValue::L(list) => AttributeValue::L(list.into_iter().map(restore).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_exact_if_an_integer_or_a_float_shows_the_same_digits() {
        for text in [
            "0",
            "-0",
            "7",
            "-9223372036854775808",
            "18446744073709551615",
            "0.1",
            "-2.50",
            "1E+2",
            "1e-130",
            "0.30000000000000004",
            "0.10000000000000001",
            "100000000000000000000000",
            "9.9E+125",
        ] {
            assert!(is_exact(text), "{text}");
        }
        for text in [
            "18446744073709551617",
            "12345678901234567890123456789012345678",
            "-0.12345678901234567890123456789012345678",
            "3.14159265358979323846",
            "9007199254740993.5",
            "",
            "x",
            "1.2.3",
            "NaN",
        ] {
            assert!(!is_exact(text), "{text}");
        }
    }

    #[test]
    fn decimals_of_the_same_value_are_equal() {
        let same = |a: &str, b: &str| {
            let (a, b) = (Decimal::parse(a), Decimal::parse(b));
            a.is_some() && a == b
        };
        assert!(same("1.50", "15e-1") && same("+100", "1E2") && same("-0.0", "0"));
        assert!(!same("1", "-1") && !same("1", "10") && !same("x", "x"));
    }

    #[cfg(feature = "table")]
    #[test]
    fn a_number_of_arbitrary_precision_becomes_a_number() {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let map = |entries: &[(&str, AttributeValue)]| {
            let entries = entries.iter().cloned();
            AttributeValue::M(entries.map(|(name, value)| (name.to_owned(), value)).collect())
        };
        let long = map(&[(SERDE_JSON_NUMBER, text("0.1234567890123456789"))]);
        let other = map(&[(SERDE_JSON_NUMBER, text("a")), ("b", text("c"))]);
        let item = map(&[("list", AttributeValue::L(vec![long])), ("other", other.clone())]);
        let number = AttributeValue::N("0.1234567890123456789".into());
        let restored = map(&[("list", AttributeValue::L(vec![number])), ("other", other)]);
        assert_eq!(restore(item), restored);
    }
}
