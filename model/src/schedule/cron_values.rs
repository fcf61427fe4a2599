//! The values in one field of a cron: ranges, steps, and lists of them. Takes a field and its text, and
//! returns an error if EventBridge would refuse the text. The wildcards of the day fields (`L`, `W`, `#`) are
//! parsed in `day_wildcard`.

use super::{
    cron_field::CronField,
    day_wildcard,
    error::{ScheduleError, ScheduleErrorKind},
    field_value::{check_digits, parse_value},
    piece::Piece,
};
use crate::messages::schedule::{
    ANY_DAY_ALONE, EVERY_YEAR, LIST_DAYS, accepted_values_help, range_example_help,
};

/// Checks the text of one field of a cron.
pub(super) fn check(field: CronField, piece: Piece<'_>) -> Result<(), ScheduleError> {
    match piece.text() {
        "*" => return Ok(()),
        "?" if field.is_day() => return Ok(()),
        // A cron of Quartz that ends in `?` starts with seconds. Replacing the `?` by `*` would leave all
        // fields shifted by one.
        "?" if field == CronField::Year => {
            let error = piece.reject(ScheduleErrorKind::Wildcard(field, '?'));
            return Err(error.with_hint(EVERY_YEAR));
        }
        "?" => {
            return Err(piece
                .reject(ScheduleErrorKind::Wildcard(field, '?'))
                .with_fix(piece.rewrite("*")));
        }
        _ => {}
    }
    let items = piece.split(',');
    let is_list = items.len() > 1;
    for item in items {
        match item.text() {
            "" => return Err(empty_item_error(field, piece, item)),
            // `*` in a list means the same as `*` alone, and no page of AWS shows it.
            "*" => {
                return Err(item
                    .reject(ScheduleErrorKind::NotAlone(field, '*'))
                    .with_fix(piece.rewrite("*")));
            }
            "?" => {
                let error = item.reject(ScheduleErrorKind::NotAlone(field, '?'));
                return Err(error.with_hint(ANY_DAY_ALONE));
            }
            _ if field.is_day() && day_wildcard::parse(field, item, is_list)? => {}
            _ => check_step(field, item)?,
        }
    }
    Ok(())
}

/// Returns the error of a list that has nothing between two commas.
fn empty_item_error(field: CronField, piece: Piece<'_>, item: Piece<'_>) -> ScheduleError {
    let values: Vec<_> = piece.text().split(',').filter(|value| !value.is_empty()).collect();
    let error = item.reject(ScheduleErrorKind::EmptyItem(field));
    if values.is_empty() {
        return error.with_hint(accepted_values_help(field));
    }
    error.with_fix(piece.rewrite(values.join(",")))
}

/// Checks an item of a field: a range, or a start and a step. A step can also start from a range (`8-17/2`):
/// the AWS page does not mention this, but EventBridge accepts it.
fn check_step(field: CronField, item: Piece<'_>) -> Result<(), ScheduleError> {
    let Some((start, step)) = item.split_once('/') else {
        return check_range(field, item);
    };
    if field == CronField::DayOfWeek {
        let error = item.reject(ScheduleErrorKind::Wildcard(field, '/'));
        return Err(error.with_hint(LIST_DAYS));
    }
    match start.text() {
        "" => {
            let from_any = item.rewrite(format!("*{}", item.text()));
            return Err(start.reject(ScheduleErrorKind::MissingStart(field)).with_fix(from_any));
        }
        "*" => {}
        _ => check_range(field, start)?,
    }
    let text = step.text();
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || text.bytes().all(|byte| byte == b'0') {
        return Err(step.reject(ScheduleErrorKind::BadStep(text.to_owned())));
    }
    match text.parse::<u16>() {
        Ok(number) if number <= field.largest_step() => check_digits(field, step),
        _ => Err(step_too_large_error(field, item, step)),
    }
}

/// Returns the error of a step that is too large. `*/60` in minutes means once an hour and `*/24` in hours once
/// a day: the error then offers the single value with the same meaning.
fn step_too_large_error(field: CronField, item: Piece<'_>, step: Piece<'_>) -> ScheduleError {
    let text = step.text();
    let error = step.reject(ScheduleErrorKind::StepTooLarge(field, text.to_owned()));
    let cycle = u32::from(field.largest_step()) + 1;
    let from_first =
        item.split_once('/').is_some_and(|(start, _)| matches!(start.text(), "*" | "0"));
    let is_whole_cycle = from_first && text.parse() == Ok(cycle);
    if is_whole_cycle && matches!(field, CronField::Minutes | CronField::Hours) {
        return error.with_fix(item.rewrite("0"));
    }
    error
}

/// Checks a single value, or two values with a dash between them. The end can be before the start (`20-2`,
/// `FRI-MON`): the range then wraps around, except in years.
fn check_range(field: CronField, item: Piece<'_>) -> Result<(), ScheduleError> {
    let text = item.text();
    let is_negative = text.strip_prefix('-').is_some_and(|rest| rest.parse::<u64>().is_ok());
    if is_negative {
        return Err(item
            .reject(ScheduleErrorKind::OutOfRange(field, text.to_owned()))
            .with_hint(accepted_values_help(field)));
    }
    let Some((start, end)) = item.split_once('-') else {
        return parse_value(field, item).map(drop);
    };
    let is_value =
        |piece: Piece<'_>| !piece.text().is_empty() && !piece.text().contains(['-', '*']);
    if !is_value(start) || !is_value(end) {
        return Err(item
            .reject(ScheduleErrorKind::BadRange(text.to_owned()))
            .with_hint(range_example_help(field)));
    }
    let (first, last) = (parse_value(field, start)?, parse_value(field, end)?);
    // EventBridge has its grammar from Quartz, which accepts neither `2-MAR` nor `FEB-3`.
    if first.is_name != last.is_name {
        let both = item.rewrite(format!(
            "{}-{}",
            field.name_for(first.number),
            field.name_for(last.number)
        ));
        return Err(item.reject(ScheduleErrorKind::MixedRange(text.to_owned())).with_fix(both));
    }
    if field == CronField::Year && last.number < first.number {
        let reversed = item.rewrite(format!("{}-{}", last.number, first.number));
        return Err(item
            .reject(ScheduleErrorKind::YearsReversed(text.to_owned()))
            .with_fix(reversed));
    }
    Ok(())
}
