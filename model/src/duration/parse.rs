//! What a user writes for a length of time: a whole number and a unit. It takes the text and the smallest
//! unit that is taken, and gives the number of that unit, or why the text says none.

use super::{Duration, DurationError, DurationErrorKind, TimeUnit};

/// The length of time that a text says, as a number of the smallest unit that is taken.
pub(super) fn parse(text: &str, finest: TimeUnit) -> Result<u64, DurationError> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, rest) = text.split_at(digits);
    let fail = |reason, replacement| {
        Err(DurationError { text: text.to_owned(), finest, reason, replacement })
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
    // The one space belongs to the words only: `5 minutes` and `5m` are the two ways to write.
    let word = rest.trim();
    let Some(unit) = TimeUnit::guess(word) else {
        let reason = match rest.chars().next() {
            Some('.' | ',') => {
                return fail(DurationErrorKind::Fraction, whole(number, &rest[1..], finest));
            }
            _ if word.contains(|c: char| c.is_ascii_digit()) => DurationErrorKind::Parts,
            _ => DurationErrorKind::UnknownUnit(word.to_owned()),
        };
        return fail(reason, None);
    };
    let Some(each) = unit.count_of(finest) else {
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
    let short = unit.short().to_owned();
    let long = format!(" {}", unit.name(number));
    if rest != short && rest != long {
        let tidy = if word.len() <= short.len() { short } else { long };
        return fail(DurationErrorKind::Spelling, Some(format!("{number}{tidy}")));
    }
    Ok(length)
}

/// A length of time with a fraction, in a smaller unit: `90m` for 1 and `.5h`. None where it is not whole in
/// the smallest.
fn whole(number: &str, fraction: &str, finest: TimeUnit) -> Option<String> {
    let unit = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &fraction[..fraction.len() - unit.len()];
    let each = TimeUnit::guess(unit.trim())?.count_of(finest)?;
    let scale = 10_u64.checked_pow(u32::try_from(digits.len()).ok()?)?;
    let parts = format!("{number}{digits}").parse::<u64>().ok()?.checked_mul(each)?;
    let length = Some(parts / scale).filter(|length| *length > 0 && parts.is_multiple_of(scale))?;
    Some(match finest {
        TimeUnit::Millisecond if !length.is_multiple_of(1_000) => format!("{length}ms"),
        TimeUnit::Millisecond => Duration(length / 1_000).to_string(),
        _ => Duration(length).to_string(),
    })
}
