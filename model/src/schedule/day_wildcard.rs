//! The wildcards that only the day fields of a cron have: `L` (last), `W` (nearest weekday) and `#` (nth
//! weekday of the month). Takes an item of a day field, and returns whether it is one of these wildcards, or
//! which rule it breaks.
//!
//! AWS's page shows `L`, `3W`, `6L` and `3#2`. Two rules are from Quartz, where the grammar comes from: `LW`
//! is the last weekday of the month, and no wildcard can be part of a list or a range.

use super::{
    cron_field::CronField,
    error::{ScheduleError, ScheduleErrorKind},
    field_value::parse_value,
    piece::Piece,
};
use crate::aws::limits;
use crate::messages::schedule::{
    LAST_DAY_OF_MONTH, LAST_DAY_OF_WEEK, NEAREST_WEEKDAY, NTH_DAY, ONE_SCHEDULE_EACH,
    weeks_of_month_help,
};

/// Returns whether the item is a wildcard of this day field. Returns an error if the item is an invalid
/// wildcard, or if a wildcard is part of a list.
pub(super) fn parse(
    field: CronField,
    item: Piece<'_>,
    is_list: bool,
) -> Result<bool, ScheduleError> {
    check_case(field, item)?;
    let Some(mark) = find_wildcard(field, item.text()) else {
        return Ok(false);
    };
    if is_list {
        let error = item.reject(ScheduleErrorKind::NotAlone(field, mark));
        return Err(error.with_hint(ONE_SCHEDULE_EACH));
    }
    match (field, mark) {
        (CronField::DayOfMonth, 'W') => check_weekday(item)?,
        (CronField::DayOfMonth, _) => check_last_of_month(item)?,
        (_, '#') => check_nth(item)?,
        _ => check_last_of_week(item)?,
    }
    Ok(true)
}

/// Returns the wildcard in `text`, and `None` if it has none. The names of days contain neither `L` nor `#`. A
/// word in the day of month, such as `WED`, is a misplaced name, not a wildcard.
fn find_wildcard(field: CronField, text: &str) -> Option<char> {
    let is_word = text.len() > 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    let marks: &[char] = match field {
        CronField::DayOfMonth if is_word => &[],
        CronField::DayOfMonth => &['W', 'L'],
        _ => &['#', 'L'],
    };
    marks.iter().copied().find(|mark| text.contains(*mark))
}

/// Checks that a wildcard is in upper case. Refuses `l`, `w`, `lw`, `15w`, `6l` and `FRIl`: how EventBridge
/// reads them is not documented, but the intended wildcard is clear.
fn check_case(field: CronField, item: Piece<'_>) -> Result<(), ScheduleError> {
    let text = item.text();
    let upper = text.to_ascii_uppercase();
    let (day, mark) = upper.split_at(upper.trim_end_matches(['L', 'W']).len());
    let is_day = day.bytes().all(|byte| byte.is_ascii_digit()) || field.names().contains(&day);
    let is_mark = match field {
        CronField::DayOfMonth => matches!(mark, "L" | "W" | "LW"),
        _ => mark == "L",
    };
    if !is_day || !is_mark || text.ends_with(mark) {
        return Ok(());
    }
    Err(item.reject(ScheduleErrorKind::WildcardCase(text.to_owned())).with_fix(item.rewrite(upper)))
}

/// Checks an item with `W` in the day of month: `LW`, or a day and `W`.
fn check_weekday(item: Piece<'_>) -> Result<(), ScheduleError> {
    let no_day = || item.reject(ScheduleErrorKind::NoSingleDay(CronField::DayOfMonth, 'W'));
    match item.strip_suffix('W') {
        Some(before) if before.text() == "L" => Ok(()),
        Some(before) if is_single_value(before) => {
            parse_value(CronField::DayOfMonth, before).map(drop)
        }
        _ if item.text() == "WL" => Err(no_day().with_fix(item.rewrite("LW"))),
        _ => Err(no_day().with_hint(NEAREST_WEEKDAY)),
    }
}

/// Checks an item with `L` in the day of month. Quartz also has `L-3`; AWS documents no offset, and EventBridge
/// refuses it.
fn check_last_of_month(item: Piece<'_>) -> Result<(), ScheduleError> {
    let text = item.text();
    if text == "L" {
        return Ok(());
    }
    if text.starts_with("L-") {
        return Err(item
            .reject(ScheduleErrorKind::LastOffset(text.to_owned()))
            .with_hint(LAST_DAY_OF_MONTH));
    }
    Err(item
        .reject(ScheduleErrorKind::NotAValue(CronField::DayOfMonth, text.to_owned()))
        .with_hint(LAST_DAY_OF_MONTH))
}

/// Checks an item with `L` in the day of week: `L` alone, which is Saturday, or a day and `L`, which is the
/// last such day of the month.
fn check_last_of_week(item: Piece<'_>) -> Result<(), ScheduleError> {
    let text = item.text();
    match item.strip_suffix('L') {
        Some(before) if before.text().is_empty() => Ok(()),
        Some(before) if is_single_value(before) => {
            parse_value(CronField::DayOfWeek, before).map(drop)
        }
        Some(_) => Err(item
            .reject(ScheduleErrorKind::NoSingleDay(CronField::DayOfWeek, 'L'))
            .with_hint(LAST_DAY_OF_WEEK)),
        None => Err(item
            .reject(ScheduleErrorKind::NotAValue(CronField::DayOfWeek, text.to_owned()))
            .with_hint(LAST_DAY_OF_WEEK)),
    }
}

/// Checks an item with `#` in the day of week: a day, `#`, and the number of the week in the month.
fn check_nth(item: Piece<'_>) -> Result<(), ScheduleError> {
    let Some((day, instance)) = item.split_once('#').filter(|(day, _)| is_single_value(*day))
    else {
        return Err(item
            .reject(ScheduleErrorKind::NoSingleDay(CronField::DayOfWeek, '#'))
            .with_hint(NTH_DAY));
    };
    parse_value(CronField::DayOfWeek, day)?;
    let text = instance.text();
    let is_week =
        text.len() == 1 && text.parse().is_ok_and(|week| limits::CRON_INSTANCES.contains(&week));
    if is_week {
        return Ok(());
    }
    Err(instance
        .reject(ScheduleErrorKind::Instance(text.to_owned()))
        .with_hint(weeks_of_month_help()))
}

/// Returns whether the text of the piece is a single value: neither a range, a step nor a wildcard.
fn is_single_value(piece: Piece<'_>) -> bool {
    !piece.text().is_empty() && !piece.text().contains(['-', '*', '/', '?', '#'])
}
