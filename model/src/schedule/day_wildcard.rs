//! The wildcards that only days have: `L` (last), `W` (nearest weekday) and `#` (nth of its kind).
//! It takes an item of a day field and says whether it is such a wildcard, or which rule it breaks.
//!
//! AWS's page shows `L`, `3W`, `6L` and `3#2`. Two rules are Quartz's, where the grammar comes from:
//! `LW` is the last weekday of the month, and none of these can be part of a list or a range.

use super::{
    cron_field::CronField,
    error::{ScheduleError, ScheduleErrorKind},
    field_value::value,
    piece::Piece,
};
use crate::aws::limits;

/// True for a valid wildcard, false for what is no wildcard of this field.
pub(super) fn parse(
    field: CronField,
    item: Piece<'_>,
    is_list: bool,
) -> Result<bool, ScheduleError> {
    upper_case(field, item)?;
    let Some(mark) = mark(field, item.text()) else {
        return Ok(false);
    };
    if is_list {
        let error = item.reject(ScheduleErrorKind::NotAlone(field, mark));
        return Err(error.note("make a schedule for each"));
    }
    match (field, mark) {
        (CronField::DayOfMonth, 'W') => weekday(item)?,
        (CronField::DayOfMonth, _) => last_of_month(item)?,
        (_, '#') => nth(item)?,
        _ => last_of_week(item)?,
    }
    Ok(true)
}

/// The wildcard in `text`. Names of days hold neither `L` nor `#`; a word in the day of month, such
/// as `WED`, is a misplaced name and no wildcard.
fn mark(field: CronField, text: &str) -> Option<char> {
    let is_word = text.len() > 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    let marks: &[char] = match field {
        CronField::DayOfMonth if is_word => &[],
        CronField::DayOfMonth => &['W', 'L'],
        _ => &['#', 'L'],
    };
    marks.iter().copied().find(|mark| text.contains(*mark))
}

/// `l`, `w`, `lw`, `15w`, `6l` and `FRIl`: what EventBridge makes of them is not known, what was
/// meant is.
fn upper_case(field: CronField, item: Piece<'_>) -> Result<(), ScheduleError> {
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
    Err(item.reject(ScheduleErrorKind::WildcardCase(text.to_owned())).with(item.rewrite(upper)))
}

/// `LW`, or a day and `W`.
fn weekday(item: Piece<'_>) -> Result<(), ScheduleError> {
    let no_day = || item.reject(ScheduleErrorKind::NoSingleDay(CronField::DayOfMonth, 'W'));
    match item.strip_suffix('W') {
        Some(before) if before.text() == "L" => Ok(()),
        Some(before) if is_one(before) => value(CronField::DayOfMonth, before).map(drop),
        _ if item.text() == "WL" => Err(no_day().with(item.rewrite("LW"))),
        _ => {
            Err(no_day()
                .note("write `15W` for the weekday nearest to the 15th, or `LW` for the last"))
        }
    }
}

/// `L` alone. Quartz also has `L-3`; AWS documents no offset and EventBridge refuses it.
fn last_of_month(item: Piece<'_>) -> Result<(), ScheduleError> {
    let text = item.text();
    if text == "L" {
        return Ok(());
    }
    let last = "write `L` for the last day of the month";
    if text.starts_with("L-") {
        return Err(item.reject(ScheduleErrorKind::LastOffset(text.to_owned())).note(last));
    }
    Err(item
        .reject(ScheduleErrorKind::NotAValue(CronField::DayOfMonth, text.to_owned()))
        .note(last))
}

/// `L`, which is Saturday, or a day and `L`, its last in the month.
fn last_of_week(item: Piece<'_>) -> Result<(), ScheduleError> {
    let text = item.text();
    match item.strip_suffix('L') {
        Some(before) if before.text().is_empty() => Ok(()),
        Some(before) if is_one(before) => value(CronField::DayOfWeek, before).map(drop),
        Some(_) => Err(item
            .reject(ScheduleErrorKind::NoSingleDay(CronField::DayOfWeek, 'L'))
            .note("write `6L` for the last Friday of the month, or `L` for Saturday")),
        None => Err(item
            .reject(ScheduleErrorKind::NotAValue(CronField::DayOfWeek, text.to_owned()))
            .note("write `6L` for the last Friday of the month, or `L` for Saturday")),
    }
}

/// A day, `#` and which of them in the month.
fn nth(item: Piece<'_>) -> Result<(), ScheduleError> {
    let Some((day, instance)) = item.split_once('#').filter(|(day, _)| is_one(*day)) else {
        return Err(item
            .reject(ScheduleErrorKind::NoSingleDay(CronField::DayOfWeek, '#'))
            .note("write `6#3` for the third Friday of the month"));
    };
    value(CronField::DayOfWeek, day)?;
    let text = instance.text();
    let is_week =
        text.len() == 1 && text.parse().is_ok_and(|week| limits::CRON_INSTANCES.contains(&week));
    if is_week {
        return Ok(());
    }
    let (first, last) = (limits::CRON_INSTANCES.start(), limits::CRON_INSTANCES.end());
    let note = format!("write `{first}` to `{last}` after `#`");
    Err(instance.reject(ScheduleErrorKind::Instance(text.to_owned())).note(note))
}

fn is_one(piece: Piece<'_>) -> bool {
    !piece.text().is_empty() && !piece.text().contains(['-', '*', '/', '?', '#'])
}
