//! Schedules that EventBridge accepts and refuses. The lists in `tests/` are the specification: every
//! accepted expression, and every refused one with its message, range and help.

use std::fmt::Write;

use crate::duration::Duration;
use crate::schedule::{
    ActionSchedule, CronField, RateUnit, ScheduleError, ScheduleExpression, ScheduleKind,
};
use proptest::prelude::*;

const ACCEPT: &str = include_str!("tests/accept.txt");
const REJECT: &str = include_str!("tests/reject.txt");

fn lines(list: &str) -> impl Iterator<Item = &str> {
    list.lines().filter(|line| !line.is_empty() && !line.starts_with("# "))
}

/// Returns an error as `reject.txt` shows it: the expression in quotes, with carets below the wrong range.
fn render(text: &str, error: &ScheduleError) -> String {
    let range = error.range();
    let before = text[..range.start].chars().count() + 1;
    let carets = "^".repeat(text[range].chars().count().max(1));
    let mut shown = format!("\"{text}\"\n{:before$}{carets} {}\n", "", error.message());
    if let Some(help) = error.help() {
        shown.push_str(&["help: ", &help, "\n"].concat());
    }
    shown
}

#[test]
fn every_expression_of_the_accept_list_parses_and_keeps_its_text() {
    let mut count = 0;
    for text in lines(ACCEPT) {
        match text.parse::<ScheduleExpression>() {
            Ok(schedule) => assert_eq!(schedule.to_string(), text),
            Err(error) => panic!("refused:\n{}", render(text, &error)),
        }
        count += 1;
    }
    assert!(count > 50, "the list was read as {count} expressions");
}

#[test]
fn every_expression_of_the_reject_list_is_refused_with_its_message_range_and_help() {
    let mut expected = String::new();
    let mut found = String::new();
    for line in lines(REJECT) {
        writeln!(expected, "{line}").unwrap();
        let Some(text) = line.strip_prefix('"').and_then(|line| line.strip_suffix('"')) else {
            continue;
        };
        match text.parse::<ScheduleExpression>() {
            Ok(_) => panic!("accepted: {text}"),
            Err(error) => found.push_str(&render(text, &error)),
        }
    }
    assert!(found.lines().count() > 100, "the list was read as {} lines", found.lines().count());
    for (expected, found) in expected.lines().zip(found.lines()) {
        assert_eq!(expected, found);
    }
    assert_eq!(expected, found);
}

#[test]
fn an_expression_has_at_most_256_characters() {
    let cron = |minutes: usize| format!("cron({} 12 * * ? *)", vec!["5"; minutes].join(","));
    let spare = cron(1).len() - 1;
    let minutes = (256 - spare).div_ceil(2);
    let longest = cron(minutes).replacen('5', if (256 - spare) % 2 == 0 { "55" } else { "5" }, 1);
    assert_eq!(longest.len(), 256);
    assert!(longest.parse::<ScheduleExpression>().is_ok());
    let error = longest.replacen('5', "05", 1).parse::<ScheduleExpression>().unwrap_err();
    assert_eq!(error.message(), "a schedule of 257 characters, EventBridge takes at most 256");
}

#[test]
fn a_rate_has_its_value_unit_and_period() {
    let rates = [
        ("rate(1 minute)", 1, RateUnit::Minute, 60),
        ("rate(90 minutes)", 90, RateUnit::Minute, 5_400),
        ("rate(2 hours)", 2, RateUnit::Hour, 7_200),
        ("rate(2147483647 days)", 2_147_483_647, RateUnit::Day, 2_147_483_647 * 86_400),
    ];
    for (text, value, unit, period) in rates {
        let schedule: ScheduleExpression = text.parse().unwrap();
        let ScheduleKind::Rate(rate) = schedule.kind() else { panic!("{text} is no rate") };
        assert_eq!((rate.value(), rate.unit()), (value, unit), "{text}");
        assert_eq!(schedule.period().unwrap().seconds(), period, "{text}");
    }
}

#[test]
fn a_cron_has_its_fields_and_no_period() {
    let schedule: ScheduleExpression = "cron(0/15 8-17 ? JAN MON#1 2030)".parse().unwrap();
    let ScheduleKind::Cron(cron) = schedule.kind() else { panic!("no cron") };
    let fields = CronField::ALL.map(|field| cron.field(field));
    assert_eq!(fields, ["0/15", "8-17", "?", "JAN", "MON#1", "2030"]);
    assert_eq!(schedule.period(), None);
}

#[test]
fn a_schedule_whose_last_year_is_over_never_fires() {
    for (text, last) in [
        ("cron(0 0 1 1 ? 2020)", 2020),
        ("cron(15 10 ? * 6L 2019-2022)", 2022),
        ("cron(0 0 29 2 ? 2023-2027)", 2024),
    ] {
        let schedule: ScheduleExpression = text.parse().unwrap();
        assert_eq!(schedule.check_not_over(last), Ok(()), "{text}");
        let error = schedule.check_not_over(last + 1).unwrap_err();
        assert_eq!(error.message(), format!("the schedule never fires: the year {last} is over"));
        assert_eq!(&text[error.range()], text[..text.len() - 1].rsplit(' ').next().unwrap());
        let help = error.help().unwrap();
        assert_eq!(help, "write `*` for every year, or a year to come");
    }
    for text in ["rate(1 day)", "cron(0 0 1 1 ? *)", "cron(0 0 1 1 ? 2020/4)"] {
        let schedule: ScheduleExpression = text.parse().unwrap();
        assert_eq!(schedule.check_not_over(2_199 - 3), Ok(()), "{text}");
    }
    let once: ActionSchedule = "at(2026-11-27T06:00:00)".parse().unwrap();
    assert_eq!(once.check_not_over(2026), Ok(()));
    let error = once.check_not_over(2027).unwrap_err();
    assert_eq!(
        (error.message(), error.range()),
        ("the schedule never fires: the year 2026 is over".to_owned(), 3..7)
    );
}

#[test]
fn a_schedule_is_serialised_as_its_text_and_parsed_when_it_is_read_back() {
    let schedule: ScheduleExpression = "rate(5 minutes)".parse().unwrap();
    let json = serde_json::to_string(&schedule).unwrap();
    assert_eq!(json, r#""rate(5 minutes)""#);
    assert_eq!(serde_json::from_str::<ScheduleExpression>(&json).unwrap(), schedule);
    let error = serde_json::from_str::<ScheduleExpression>(r#""rate(5 minute)""#).unwrap_err();
    assert!(error.to_string().contains("`minute` is singular"), "{error}");
}

/// Generates texts that are similar enough to schedules to reach all parts of the parsers.
fn near_schedule() -> impl Strategy<Value = String> {
    let form = prop_oneof![Just("rate("), Just("cron("), Just("Cron ("), Just("at("), Just("")];
    let word = "[0-9]{1,3}|[-0-9*?/,#LWlw]{1,5}|[A-Za-z]{1,4}|minutes?|hours?|MON-FRI|6L|\u{e9}|  ";
    let words = prop::collection::vec(word, 0..8);
    (form, words, prop_oneof![Just(")"), Just(""), Just(") ")])
        .prop_map(|(form, words, end)| format!("{form}{}{end}", words.join(" ")))
}

fn check(text: &str) -> Result<(), TestCaseError> {
    match text.parse::<ScheduleExpression>() {
        Ok(schedule) => prop_assert_eq!(schedule.to_string(), text),
        Err(error) => {
            prop_assert!(text.get(error.range()).is_some(), "{:?} of {:?}", error.range(), text);
            prop_assert!(!error.message().is_empty());
            if let Some(better) = error.replacement() {
                prop_assert!(
                    better.parse::<ScheduleExpression>().is_ok(),
                    "{:?} for {:?}",
                    better,
                    text
                );
            }
        }
    }
    Ok(())
}

#[test]
fn a_period_is_written_in_the_largest_unit_that_divides_it() {
    let every = |seconds| ScheduleExpression::from_period(Duration::from_seconds(seconds));
    for (seconds, text) in [
        (60, "rate(1 minute)"),
        (300, "rate(5 minutes)"),
        (5_400, "rate(90 minutes)"),
        (3_600, "rate(1 hour)"),
        (172_800, "rate(2 days)"),
    ] {
        assert_eq!(every(seconds).unwrap().as_str(), text);
    }
    for seconds in [0, 1, 90, u64::MAX] {
        assert_eq!(every(seconds), None, "{seconds}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_parses_or_is_refused_at_a_range_within_it(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn a_text_like_a_schedule_is_kept_or_refused_with_a_replacement_that_parses(text in near_schedule()) {
        check(&text)?;
    }

    #[test]
    fn every_rate_with_the_right_grammatical_number_is_accepted(value in 1_u32..=2_147_483_647, unit in "minute|hour|day") {
        let plural = if value == 1 { "" } else { "s" };
        let text = format!("rate({value} {unit}{plural})");
        prop_assert_eq!(text.parse::<ScheduleExpression>().map(|schedule| schedule.to_string()), Ok(text));
    }
}
