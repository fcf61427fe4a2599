//! The schedule at times that match six fields.
//! It takes what stands between the parentheses of `cron(…)` and gives a [`Cron`]; the fields are
//! read one by one in `items`, and here stand the rules between them.

use super::{
    cron_field::CronField,
    cron_values,
    error::{Advice, ScheduleError, ScheduleErrorKind},
    parse as parse_schedule,
    piece::Piece,
};

/// Six fields that EventBridge takes: minutes, hours, day of month, month, day of week, year.
///
/// Times are in UTC, and exactly one of the two day fields is `?`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cron {
    fields: [String; 6],
}

impl Cron {
    /// A field as it was written.
    #[must_use]
    pub fn field(&self, field: CronField) -> &str {
        let [minutes, hours, day_of_month, month, day_of_week, year] = &self.fields;
        match field {
            CronField::Minutes => minutes,
            CronField::Hours => hours,
            CronField::DayOfMonth => day_of_month,
            CronField::Month => month,
            CronField::DayOfWeek => day_of_week,
            CronField::Year => year,
        }
    }
}

pub(super) fn parse(body: Piece<'_>) -> Result<Cron, ScheduleError> {
    let words = body.words()?;
    let Ok(fields) = <[Piece<'_>; 6]>::try_from(words.as_slice()) else {
        return Err(wrong_count(body, &words));
    };
    for (name, piece) in CronField::ALL.into_iter().zip(fields) {
        cron_values::parse(name, piece)?;
    }
    let [_, _, day_of_month, _, day_of_week, _] = fields;
    one_day_is_any(day_of_month, day_of_week)?;
    Ok(Cron { fields: fields.map(|piece| piece.text().to_owned()) })
}

fn wrong_count(body: Piece<'_>, words: &[Piece<'_>]) -> ScheduleError {
    match words {
        [_, _, day_of_month, _, day_of_week] => missing_year(body, *day_of_month, *day_of_week),
        [seconds, minutes, .., year] if words.len() == 7 => {
            let without = body.rewrite(minutes.to(*year).text());
            let error = seconds.reject(ScheduleErrorKind::SecondsField);
            if seconds.text() == "0" {
                return error.with(without);
            }
            error.note("the first field is minutes, EventBridge has no seconds")
        }
        _ => body
            .reject(ScheduleErrorKind::FieldCount(words.len()))
            .note("write minutes, hours, day of month, month, day of week and year"),
    }
}

/// The five fields of Unix, most likely. Their days of the week count from 0, so a `?` is only put
/// in for the user where no number of a day would change its meaning.
fn missing_year(body: Piece<'_>, day_of_month: Piece<'_>, day_of_week: Piece<'_>) -> ScheduleError {
    let text = body.text();
    let end = body.part(text.len()..text.len());
    let error = end.reject(ScheduleErrorKind::MissingYear);
    let added = end.replaced(" *");
    let numbered = day_of_week.text().contains(|c: char| c.is_ascii_digit());
    let neither = day_of_month.text() != "?" && day_of_week.text() != "?";
    if neither && numbered {
        return error.note(
            "add `*` for the year, write `?` in one day field, and count the days of the week from 1, \
             Sunday",
        );
    }
    let other = if day_of_week.text() == "*" { day_of_week } else { day_of_month };
    let with_any = Piece::whole(&added).part(other.range()).replaced("?");
    match [added, with_any].into_iter().find(|candidate| parse_schedule(candidate).is_ok()) {
        Some(fixed) => error.with(Advice::Write { part: fixed.clone(), whole: fixed }),
        None => error.note("add `*` for every year"),
    }
}

/// Exactly one of the two is `?`.
fn one_day_is_any(of_month: Piece<'_>, of_week: Piece<'_>) -> Result<(), ScheduleError> {
    let both = of_month.to(of_week);
    match (of_month.text(), of_week.text()) {
        ("?", "?") => Err(both.reject(ScheduleErrorKind::BothDaysAny).with(of_month.rewrite("*"))),
        ("?", _) | (_, "?") => Ok(()),
        (_, "*") => Err(of_week.reject(ScheduleErrorKind::NoDayAny).with(of_week.rewrite("?"))),
        ("*", _) => Err(of_month.reject(ScheduleErrorKind::NoDayAny).with(of_month.rewrite("?"))),
        _ => Err(both
            .reject(ScheduleErrorKind::NoDayAny)
            .note("write `?` for one of them, or make two schedules if both are meant")),
    }
}
