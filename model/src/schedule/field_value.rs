//! One value of a field of a cron: a number or a name.
//! It takes a field and its text and gives the number, or says which value may have been meant.

use super::{
    cron_field::CronField,
    error::{ScheduleError, ScheduleErrorKind},
    piece::Piece,
};

/// A value, and how it was written.
#[derive(Debug, Clone, Copy)]
pub(super) struct FieldValue {
    pub(super) number: u16,
    pub(super) is_name: bool,
}

/// One number or name. Names count in any case: EventBridge takes `mon-fri`, as many templates have
/// it, though its page shows capitals only.
pub(super) fn value(field: CronField, piece: Piece<'_>) -> Result<FieldValue, ScheduleError> {
    let text = piece.text();
    let mut pairs = field.values().zip(field.names());
    if let Some((number, _)) = pairs.find(|(_, name)| name.eq_ignore_ascii_case(text)) {
        return Ok(FieldValue { number, is_name: true });
    }
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(not_a_value(field, piece));
    }
    match text.parse::<u16>() {
        Ok(number) if field.values().contains(&number) => {
            digits(field, piece)?;
            Ok(FieldValue { number, is_name: false })
        }
        _ => Err(piece
            .reject(ScheduleErrorKind::OutOfRange(field, text.to_owned()))
            .note(field.expected())),
    }
}

/// `07` is a usual way to write an hour, `007` and a day of week `07` are not.
pub(super) fn digits(field: CronField, piece: Piece<'_>) -> Result<(), ScheduleError> {
    let text = piece.text();
    let most = field.values().end().to_string().len();
    if text.len() <= most {
        return Ok(());
    }
    let error = piece.reject(ScheduleErrorKind::TooManyDigits(field, text.to_owned()));
    let significant = text.trim_start_matches('0');
    Err(error.with(piece.rewrite(if significant.is_empty() { "0" } else { significant })))
}

fn not_a_value(field: CronField, piece: Piece<'_>) -> ScheduleError {
    let text = piece.text();
    if let Some(wildcard) = foreign_wildcard(field, text) {
        return piece.reject(ScheduleErrorKind::Wildcard(field, wildcard)).note(field.expected());
    }
    let error = piece.reject(ScheduleErrorKind::NotAValue(field, text.to_owned()));
    let upper = text.to_ascii_uppercase();
    // `MONDAY`, `Tues` and `SEPT` say plainly which name they mean.
    let mut pairs = field.names().iter().zip(field.full_names());
    match pairs.find(|(name, full)| upper.starts_with(**name) && full.starts_with(&upper)) {
        Some((name, _)) => error.with(piece.rewrite(*name)),
        None => error.note(field.expected()),
    }
}

/// A wildcard of another field, alone or after a number.
fn foreign_wildcard(field: CronField, text: &str) -> Option<char> {
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
