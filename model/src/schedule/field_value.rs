//! One value of a cron field: a number or a name. Takes a field and the text of the value, and returns the
//! number, or an error that suggests the value that may have been meant.

use super::{
    cron_field::CronField,
    error::{ScheduleError, ScheduleErrorKind},
    piece::Piece,
};
use crate::messages::schedule::accepted_values_help;

/// A value of a cron field, and whether the user wrote it as a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct FieldValue {
    pub(super) number: u16,
    pub(super) is_name: bool,
}

/// Parses one value of a cron field, a number or a name. The case of a name does not matter: EventBridge
/// accepts `mon-fri`, which many templates have, although its page shows only upper case.
pub(super) fn parse_value(field: CronField, piece: Piece<'_>) -> Result<FieldValue, ScheduleError> {
    let text = piece.text();
    let mut pairs = field.values().zip(field.names());
    if let Some((number, _)) = pairs.find(|(_, name)| name.eq_ignore_ascii_case(text)) {
        return Ok(FieldValue { number, is_name: true });
    }
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(not_a_value_error(field, piece));
    }
    match text.parse::<u16>() {
        Ok(number) if field.values().contains(&number) => {
            check_digits(field, piece)?;
            Ok(FieldValue { number, is_name: false })
        }
        _ => Err(piece
            .reject(ScheduleErrorKind::OutOfRange(field, text.to_owned()))
            .with_hint(accepted_values_help(field))),
    }
}

/// Checks that a number has no more digits than the largest value of its field: `07` is a usual way to write an
/// hour, `007` is not, and neither is `07` as a day of the week.
pub(super) fn check_digits(field: CronField, piece: Piece<'_>) -> Result<(), ScheduleError> {
    let text = piece.text();
    let limit = field.values().end().to_string().len();
    if text.len() <= limit {
        return Ok(());
    }
    let error = piece.reject(ScheduleErrorKind::TooManyDigits(field, text.to_owned()));
    let significant = text.trim_start_matches('0');
    Err(error.with_fix(piece.rewrite(if significant.is_empty() { "0" } else { significant })))
}

/// Returns the error of a text that is neither a number nor a name of the field.
fn not_a_value_error(field: CronField, piece: Piece<'_>) -> ScheduleError {
    let text = piece.text();
    if let Some(wildcard) = find_foreign_wildcard(field, text) {
        return piece
            .reject(ScheduleErrorKind::Wildcard(field, wildcard))
            .with_hint(accepted_values_help(field));
    }
    let error = piece.reject(ScheduleErrorKind::NotAValue(field, text.to_owned()));
    let upper = text.to_ascii_uppercase();
    // The intended name is clear in `MONDAY`, `Tues` and `SEPT`.
    let mut pairs = field.names().iter().zip(field.full_names());
    match pairs.find(|(name, full)| upper.starts_with(**name) && full.starts_with(&upper)) {
        Some((name, _)) => error.with_fix(piece.rewrite(*name)),
        None => error.with_hint(accepted_values_help(field)),
    }
}

/// Returns the wildcard in a text that only other fields accept, alone or after a number. Returns `None` if
/// the text has no such wildcard.
fn find_foreign_wildcard(field: CronField, text: &str) -> Option<char> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let mark = rest.chars().next()?;
    match mark {
        '#' if field != CronField::DayOfWeek => Some(mark),
        '?' if !field.is_day() => Some(mark),
        'L' if !field.is_day() && rest.len() == 1 => Some(mark),
        'W' if field != CronField::DayOfMonth && rest.len() == 1 => Some(mark),
        _ => None,
    }
}
