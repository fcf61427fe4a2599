//! What stands in one field of a cron: ranges and steps of values, and lists of them.
//! It takes a field and its text and gives nothing but the certainty that EventBridge takes it, or
//! the rule that is broken; the wildcards of days (`L`, `W`, `#`) are read in `day`.

use super::{
    cron_field::CronField,
    day_wildcard,
    error::{ScheduleError, ScheduleErrorKind},
    field_value::{digits, value},
    piece::Piece,
};

pub(super) fn parse(field: CronField, piece: Piece<'_>) -> Result<(), ScheduleError> {
    match piece.text() {
        "*" => return Ok(()),
        "?" if field.is_day() => return Ok(()),
        // Quartz ends in `?` where it starts with seconds: `*` alone would leave all fields shifted.
        "?" if field == CronField::Year => {
            let error = piece.reject(ScheduleErrorKind::Wildcard(field, '?'));
            return Err(error.note("write `*` for every year, and no field for seconds"));
        }
        "?" => {
            return Err(piece
                .reject(ScheduleErrorKind::Wildcard(field, '?'))
                .with(piece.rewrite("*")));
        }
        _ => {}
    }
    let items = piece.split(',');
    let is_list = items.len() > 1;
    for item in items {
        match item.text() {
            "" => return Err(empty_item(field, piece, item)),
            // `*` beside other values says nothing more than `*`, and no page of AWS shows it.
            "*" => {
                return Err(item
                    .reject(ScheduleErrorKind::NotAlone(field, '*'))
                    .with(piece.rewrite("*")));
            }
            "?" => {
                let error = item.reject(ScheduleErrorKind::NotAlone(field, '?'));
                return Err(error.note("write `?` alone, or the values without it"));
            }
            _ if field.is_day() && day_wildcard::parse(field, item, is_list)? => {}
            _ => step(field, item)?,
        }
    }
    Ok(())
}

fn empty_item(field: CronField, piece: Piece<'_>, item: Piece<'_>) -> ScheduleError {
    let values: Vec<_> = piece.text().split(',').filter(|value| !value.is_empty()).collect();
    let error = item.reject(ScheduleErrorKind::EmptyItem(field));
    if values.is_empty() {
        return error.note(field.expected());
    }
    error.with(piece.rewrite(values.join(",")))
}

/// A range, or a start and a step. A step may start from a range too (`8-17/2`), which the AWS page
/// leaves out and EventBridge takes.
fn step(field: CronField, item: Piece<'_>) -> Result<(), ScheduleError> {
    let Some((start, step)) = item.split_once('/') else {
        return range(field, item);
    };
    if field == CronField::DayOfWeek {
        let error = item.reject(ScheduleErrorKind::Wildcard(field, '/'));
        return Err(error.note("list the days, such as `MON,WED,FRI`"));
    }
    match start.text() {
        "" => {
            let from_any = item.rewrite(format!("*{}", item.text()));
            return Err(start.reject(ScheduleErrorKind::MissingStart(field)).with(from_any));
        }
        "*" => {}
        _ => range(field, start)?,
    }
    let text = step.text();
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number || text.bytes().all(|byte| byte == b'0') {
        return Err(step.reject(ScheduleErrorKind::BadStep(text.to_owned())));
    }
    match text.parse::<u16>() {
        Ok(number) if number <= field.largest_step() => digits(field, step),
        _ => Err(step_too_large(field, item, step)),
    }
}

/// `*/60` in minutes and `*/24` in hours mean once an hour and once a day: a single value.
fn step_too_large(field: CronField, item: Piece<'_>, step: Piece<'_>) -> ScheduleError {
    let text = step.text();
    let error = step.reject(ScheduleErrorKind::StepTooLarge(field, text.to_owned()));
    let whole_turn = u32::from(field.largest_step()) + 1;
    let from_first =
        item.split_once('/').is_some_and(|(start, _)| matches!(start.text(), "*" | "0"));
    let is_turn = from_first && text.parse() == Ok(whole_turn);
    if is_turn && matches!(field, CronField::Minutes | CronField::Hours) {
        return error.with(item.rewrite("0"));
    }
    error
}

/// A value, or two with a dash between. The end may lie before the start (`20-2`, `FRI-MON`):
/// the range then wraps around, save in years.
fn range(field: CronField, item: Piece<'_>) -> Result<(), ScheduleError> {
    let text = item.text();
    let is_negative = text.strip_prefix('-').is_some_and(|rest| rest.parse::<u64>().is_ok());
    if is_negative {
        return Err(item
            .reject(ScheduleErrorKind::OutOfRange(field, text.to_owned()))
            .note(field.expected()));
    }
    let Some((start, end)) = item.split_once('-') else {
        return value(field, item).map(drop);
    };
    let is_value =
        |piece: Piece<'_>| !piece.text().is_empty() && !piece.text().contains(['-', '*']);
    if !is_value(start) || !is_value(end) {
        let (first, last) = (field.values().start().to_owned(), field.values().end().to_owned());
        let note = format!("write the first and the last value, such as `{first}-{last}`");
        return Err(item.reject(ScheduleErrorKind::BadRange(text.to_owned())).note(note));
    }
    let (first, last) = (value(field, start)?, value(field, end)?);
    // Quartz, where EventBridge's grammar comes from, reads neither `2-MAR` nor `FEB-3`.
    if first.is_name != last.is_name {
        let both =
            item.rewrite(format!("{}-{}", field.name_of(first.number), field.name_of(last.number)));
        return Err(item.reject(ScheduleErrorKind::MixedRange(text.to_owned())).with(both));
    }
    if field == CronField::Year && last.number < first.number {
        let turned = item.rewrite(format!("{}-{}", last.number, first.number));
        return Err(item.reject(ScheduleErrorKind::YearsReversed(text.to_owned())).with(turned));
    }
    Ok(())
}
