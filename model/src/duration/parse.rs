//! The parser of lengths of time, which are a whole number and a unit. Takes the text and the smallest accepted
//! unit, and returns the length as a number of the smallest unit, or the error.

use super::{Duration, DurationError, DurationErrorKind, TimeUnit};

/// Parses a length of time and returns it as a number of the smallest accepted unit.
pub(super) fn parse_length(text: &str, smallest_unit: TimeUnit) -> Result<u64, DurationError> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = text.split_at(digits);
    let fail = |kind, replacement| {
        Err(DurationError { text: text.to_owned(), smallest_unit, kind, replacement })
    };
    if text.is_empty() {
        return fail(DurationErrorKind::Empty, None);
    }
    if number.is_empty() {
        return fail(DurationErrorKind::NoNumber, None);
    }
    if rest.is_empty() {
        return fail(DurationErrorKind::NoUnit, None);
    }
    // Only long units follow a space: `5 minutes`, but `5m`.
    let word = rest.trim();
    let Some(unit) = TimeUnit::guess(word) else {
        let kind = match rest.chars().next() {
            Some('.' | ',') => {
                return fail(
                    DurationErrorKind::Fraction,
                    convert_to_smaller_unit(number, &rest[1..], smallest_unit),
                );
            }
            _ if word.contains(|c: char| c.is_ascii_digit()) => DurationErrorKind::Parts,
            _ => DurationErrorKind::UnknownUnit(word.to_owned()),
        };
        return fail(kind, None);
    };
    let Some(each) = unit.in_units_of(smallest_unit) else {
        return match unit {
            TimeUnit::Month | TimeUnit::Year => {
                fail(DurationErrorKind::TooCoarse(word.to_owned()), None)
            }
            _ => fail(DurationErrorKind::TooFine(word.to_owned()), None),
        };
    };
    let length =
        number.parse().ok().and_then(|number: u64| Some((number, number.checked_mul(each)?)));
    let Some((number, length)) = length else {
        return fail(DurationErrorKind::TooLarge, None);
    };
    if unit == TimeUnit::Week {
        let days = number.saturating_mul(7);
        return fail(DurationErrorKind::TooCoarse(word.to_owned()), Some(format!("{days}d")));
    }
    let short = unit.abbreviation().to_owned();
    let long = format!(" {}", unit.name(number));
    if rest != short && rest != long {
        let correct = if word.len() <= short.len() { short } else { long };
        return fail(DurationErrorKind::Spelling, Some(format!("{number}{correct}")));
    }
    Ok(length)
}

/// Converts a length of time with a fraction to a smaller unit: `1` and `.5h` to `90m`. Returns `None` if the
/// length is not a whole number of the smallest accepted unit.
fn convert_to_smaller_unit(
    number: &str,
    fraction: &str,
    smallest_unit: TimeUnit,
) -> Option<String> {
    let unit = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &fraction[..fraction.len() - unit.len()];
    let each = TimeUnit::guess(unit.trim())?.in_units_of(smallest_unit)?;
    let scale = 10_u64.checked_pow(u32::try_from(digits.len()).ok()?)?;
    let parts = format!("{number}{digits}").parse::<u64>().ok()?.checked_mul(each)?;
    let length = Some(parts / scale).filter(|length| *length > 0 && parts.is_multiple_of(scale))?;
    Some(match smallest_unit {
        TimeUnit::Millisecond if !length.is_multiple_of(1_000) => format!("{length}ms"),
        TimeUnit::Millisecond => Duration(length / 1_000).to_string(),
        _ => Duration(length).to_string(),
    })
}
