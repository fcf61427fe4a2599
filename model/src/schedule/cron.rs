//! The schedule `cron(…)`, whose times match six fields. Takes the text between the parentheses and returns a
//! [`Cron`]. The fields are checked one by one in `cron_values`; this module checks the rules between the
//! fields.

use super::{
    cron_field::CronField,
    cron_firing::DayFields,
    cron_values,
    error::{CronDate, Fix, ScheduleError, ScheduleErrorKind},
    parse as parse_schedule,
    piece::Piece,
};
use crate::messages::schedule::{
    ADD_YEAR, FIELDS, LAST_DAY_OF_MONTH, NO_SECONDS, ONE_DAY_FIELD, UNIX_CRON, YEAR_TO_COME,
    last_day_of_week_help,
};

/// The six fields of a `cron(…)` that EventBridge accepts: minutes, hours, day of month, month, day of week,
/// year.
///
/// Times are in UTC, and exactly one of the two day fields is `?`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cron {
    fields: [String; 6],
}

impl Cron {
    /// Returns the text of a field as the user wrote it.
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

    /// Returns the last year in which the cron fires.
    fn last_year(&self) -> u16 {
        let [_, _, day_of_month, month, day_of_week, year] = &self.fields;
        let last = DayFields { day_of_month, month, day_of_week, year }.find_last_year();
        last.unwrap_or(*CronField::Year.values().start())
    }

    /// Checks that the last year in which the cron fires is not over. `this_year` is the present year, and `text`
    /// is the whole schedule.
    pub(super) fn check_not_over(&self, text: &str, this_year: u16) -> Result<(), ScheduleError> {
        let last = self.last_year();
        if last >= this_year {
            return Ok(());
        }
        let end = text.len() - 1;
        let range = end - self.field(CronField::Year).len()..end;
        let kind = ScheduleErrorKind::YearOver(last);
        Err(ScheduleError::new(kind, range).with_hint(YEAR_TO_COME))
    }
}

/// Parses the text between the parentheses of `cron(…)`.
pub(super) fn parse(body: Piece<'_>) -> Result<Cron, ScheduleError> {
    let words = body.words()?;
    let Ok(fields) = <[Piece<'_>; 6]>::try_from(words.as_slice()) else {
        return Err(field_count_error(body, &words));
    };
    for (name, piece) in CronField::ALL.into_iter().zip(fields) {
        cron_values::check(name, piece)?;
    }
    let [_, _, day_of_month, _, day_of_week, _] = fields;
    check_day_fields(day_of_month, day_of_week)?;
    check_days_exist(fields)?;
    Ok(Cron { fields: fields.map(|piece| piece.text().to_owned()) })
}

/// Checks that a day matches the fields of a cron, which were checked one by one.
fn check_days_exist(fields: [Piece<'_>; 6]) -> Result<(), ScheduleError> {
    let [_, _, day_of_month, month, day_of_week, year] = fields;
    let days = DayFields {
        day_of_month: day_of_month.text(),
        month: month.text(),
        day_of_week: day_of_week.text(),
        year: year.text(),
    };
    if days.find_last_year().is_some() {
        return Ok(());
    }
    let (day, hint) = if day_of_month.text() == "?" {
        (day_of_week, last_day_of_week_help(day_of_week.text()))
    } else {
        (day_of_month, LAST_DAY_OF_MONTH.to_owned())
    };
    let date = CronDate {
        day: day.text().to_owned(),
        month: month.text().to_owned(),
        year: year.text().to_owned(),
    };
    let kind = ScheduleErrorKind::NoSuchDate(Box::new(date));
    Err(day_of_month.to(year).reject(kind).with_hint(hint))
}

/// Returns the error of a cron with a number of fields other than six.
fn field_count_error(body: Piece<'_>, words: &[Piece<'_>]) -> ScheduleError {
    match words {
        [_, _, day_of_month, _, day_of_week] => {
            missing_year_error(body, *day_of_month, *day_of_week)
        }
        [seconds, minutes, .., year] if words.len() == 7 => {
            let without = body.rewrite(minutes.to(*year).text());
            let error = seconds.reject(ScheduleErrorKind::SecondsField);
            if seconds.text() == "0" {
                return error.with_fix(without);
            }
            error.with_hint(NO_SECONDS)
        }
        _ => body.reject(ScheduleErrorKind::FieldCount(words.len())).with_hint(FIELDS),
    }
}

/// Returns the error of a cron with five fields, which most likely is a cron of Unix. Unix counts the days of
/// the week from 0. So the corrected cron has a `?` only if it has no number of a weekday, because that number
/// would change its meaning.
fn missing_year_error(
    body: Piece<'_>,
    day_of_month: Piece<'_>,
    day_of_week: Piece<'_>,
) -> ScheduleError {
    let text = body.text();
    let end = body.part(text.len()..text.len());
    let error = end.reject(ScheduleErrorKind::MissingYear);
    let added = end.replaced(" *");
    let numbered = day_of_week.text().contains(|c: char| c.is_ascii_digit());
    let neither = day_of_month.text() != "?" && day_of_week.text() != "?";
    if neither && numbered {
        return error.with_hint(UNIX_CRON);
    }
    let other = if day_of_week.text() == "*" { day_of_week } else { day_of_month };
    let with_any = Piece::whole(&added).part(other.range()).replaced("?");
    match [added, with_any].into_iter().find(|candidate| parse_schedule(candidate).is_ok()) {
        Some(fixed) => error.with_fix(Fix::Replace { part: fixed.clone(), whole: fixed }),
        None => error.with_hint(ADD_YEAR),
    }
}

/// Checks that exactly one of the two day fields of a cron is `?`.
fn check_day_fields(of_month: Piece<'_>, of_week: Piece<'_>) -> Result<(), ScheduleError> {
    let both = of_month.to(of_week);
    match (of_month.text(), of_week.text()) {
        ("?", "?") => {
            Err(both.reject(ScheduleErrorKind::BothDaysAny).with_fix(of_month.rewrite("*")))
        }
        ("?", _) | (_, "?") => Ok(()),
        (_, "*") => Err(of_week.reject(ScheduleErrorKind::NoDayAny).with_fix(of_week.rewrite("?"))),
        ("*", _) => {
            Err(of_month.reject(ScheduleErrorKind::NoDayAny).with_fix(of_month.rewrite("?")))
        }
        _ => Err(both.reject(ScheduleErrorKind::NoDayAny).with_hint(ONE_DAY_FIELD)),
    }
}
