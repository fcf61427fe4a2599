//! When a cron fires. Takes the fields of a cron, which were checked before, and returns the last year in which it
//! fires at all. A cron can be valid and never fire: there is no 31 February, and a year can be over.

use super::cron_field::CronField;
use crate::timestamp::{days_in_month, days_since_1970};

/// The fields of a cron that say on which days it fires, as texts that were checked.
pub(super) struct DayFields<'a> {
    pub(super) day_of_month: &'a str,
    pub(super) month: &'a str,
    pub(super) day_of_week: &'a str,
    pub(super) year: &'a str,
}

impl DayFields<'_> {
    /// Returns the last year in which the cron fires. Returns `None` if it never fires.
    pub(super) fn find_last_year(&self) -> Option<u16> {
        let months = list_values(CronField::Month, self.month);
        let mut years = list_values(CronField::Year, self.year);
        years.sort_unstable();
        // After 400 years the calendar repeats itself; all years of a cron are fewer.
        years.into_iter().rev().find(|year| {
            months.iter().any(|month| self.fires_in(i64::from(*year), i64::from(*month)))
        })
    }

    /// Returns whether the cron fires in this month of this year.
    fn fires_in(&self, year: i64, month: i64) -> bool {
        let last = days_in_month(month, year);
        if self.day_of_month != "?" {
            return match self.day_of_month {
                "L" | "LW" => true,
                text => {
                    let days = list_values(CronField::DayOfMonth, text.trim_end_matches('W'));
                    days.into_iter().any(|day| i64::from(day) <= last)
                }
            };
        }
        let Some((day, instance)) = self.day_of_week.split_once('#') else {
            // Every month has every day of the week, and a last one of each.
            return true;
        };
        let (Some(day), Ok(instance)) =
            (list_values(CronField::DayOfWeek, day).first().copied(), instance.parse::<i64>())
        else {
            return true;
        };
        // 1 January 1970 was a Thursday, the fifth day of the week of a cron.
        let first_day = (days_since_1970(year, month, 1) + 4).rem_euclid(7) + 1;
        let first = (i64::from(day) - first_day).rem_euclid(7) + 1;
        first + (instance - 1) * 7 <= last
    }
}

/// Returns the numbers that a field matches. The list can have a number twice.
fn list_values(field: CronField, text: &str) -> Vec<u16> {
    if matches!(text, "*" | "?") {
        return field.values().collect();
    }
    text.split(',').flat_map(|item| list_item(field, item)).collect()
}

/// Returns the numbers that one item of a field matches: a value, a range or a step.
fn list_item(field: CronField, item: &str) -> Vec<u16> {
    let (range, step) = item
        .split_once('/')
        .map_or((item, None), |(range, step)| (range, step.parse::<usize>().ok()));
    let (first, last) = (*field.values().start(), *field.values().end());
    let matched: Vec<u16> = match range.split_once('-') {
        _ if range == "*" => field.values().collect(),
        Some((start, end)) => {
            let (start, end) = (parse_number(field, start), parse_number(field, end));
            if start <= end {
                (start..=end).collect()
            } else {
                (start..=last).chain(first..=end).collect()
            }
        }
        // A step from a single value goes on to the end of the field.
        None if step.is_some() => (parse_number(field, range)..=last).collect(),
        None => vec![parse_number(field, range)],
    };
    matched.into_iter().step_by(step.unwrap_or(1).max(1)).collect()
}

/// Returns the number of a value, which is a number or a name of the field.
fn parse_number(field: CronField, text: &str) -> u16 {
    let mut pairs = field.values().zip(field.names());
    let named = pairs.find(|(_, name)| name.eq_ignore_ascii_case(text)).map(|(number, _)| number);
    named.or_else(|| text.parse().ok()).unwrap_or(*field.values().start())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last_year(day_of_month: &str, month: &str, day_of_week: &str, year: &str) -> Option<u16> {
        DayFields { day_of_month, month, day_of_week, year }.find_last_year()
    }

    #[test]
    fn items_list_their_numbers() {
        for (field, text, numbers) in [
            (CronField::Month, "JAN,3,oct-DEC", vec![1, 3, 10, 11, 12]),
            (CronField::Month, "NOV-2", vec![11, 12, 1, 2]),
            (CronField::DayOfMonth, "25/3", vec![25, 28, 31]),
            (CronField::DayOfMonth, "1-9/4", vec![1, 5, 9]),
            (CronField::DayOfWeek, "FRI-MON", vec![6, 7, 1, 2]),
            (CronField::Year, "2190/4", vec![2190, 2194, 2198]),
        ] {
            assert_eq!(list_values(field, text), numbers, "{text}");
        }
        assert_eq!(list_values(CronField::Month, "*").len(), 12);
    }

    #[test]
    fn the_last_year_is_that_of_the_last_day_that_exists() {
        for (fields, last) in [
            (("1", "*", "?", "*"), Some(2199)),
            (("31", "2", "?", "*"), None),
            (("30-31", "FEB", "?", "*"), None),
            (("30", "2,3", "?", "*"), Some(2199)),
            (("31", "4,6,9,11", "?", "*"), None),
            (("31W", "2", "?", "*"), None),
            (("L", "2", "?", "*"), Some(2199)),
            (("LW", "2", "?", "2020"), Some(2020)),
            (("29", "2", "?", "*"), Some(2196)),
            (("29", "2", "?", "2027"), None),
            (("29", "2", "?", "2100"), None),
            (("29", "2", "?", "2020-2024"), Some(2024)),
            (("1", "1", "?", "2020,2022"), Some(2022)),
            (("?", "*", "MON", "2021"), Some(2021)),
            (("?", "2", "6L", "2021"), Some(2021)),
            // February has a fifth Monday only if the 29th is one, as in 2044.
            (("?", "2", "MON#5", "2044"), Some(2044)),
            (("?", "2", "MON#5", "2028"), None),
            (("?", "2", "2#5", "2020-2050"), Some(2044)),
            (("?", "*", "MON#5", "2027"), Some(2027)),
        ] {
            let (day_of_month, month, day_of_week, year) = fields;
            assert_eq!(last_year(day_of_month, month, day_of_week, year), last, "{fields:?}");
        }
    }
}
