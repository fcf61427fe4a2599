//! Tests of `provisioned_concurrency`: each argument is read, and wrong values are rejected.

use super::*;
use crate::function::testing::{accepted, rejected};

fn read(value: &str) -> ProvisionedConcurrency {
    accepted(&format!("provisioned_concurrency{value}")).settings.provisioned_concurrency.unwrap()
}

fn wrong(arguments: &str) -> String {
    rejected(&format!("provisioned_concurrency({arguments})"))
}

const AT: &str = r#"at = "cron(0 8 * * ? *)""#;

#[test]
fn a_number_sets_both_bounds() {
    assert_eq!(read(" = 2"), ProvisionedConcurrency::try_from(2).unwrap());
    assert_eq!(read("(min = 2)"), ProvisionedConcurrency::try_from(2).unwrap());
}

#[test]
fn a_schedule_without_max_has_the_max_of_the_function_or_its_own_min() {
    let bounds = |value: &str| {
        let read = read(value);
        let later = read.schedules.iter().map(|it| (it.min.get(), it.max.get()));
        (read.min.get(), read.max.get(), later.collect::<Vec<_>>())
    };
    let written = format!(
        r#"(min = 1, max = 4, schedule({AT}, min = 2), schedule(at = "rate(1 day)", min = 6), schedule(at = "at(2099-11-27T06:00:00)", min = 2, max = 3))"#
    );
    assert_eq!(bounds(&written), (1, 4, vec![(2, 4), (6, 6), (2, 3)]));
}

#[test]
fn every_argument_is_read() {
    let written = format!(
        r#"(min = 1, max = 10, target = 0.5, schedule({AT}, min = 10, max = 20, time_zone = "Europe/Berlin"))"#
    );
    let read = read(&written);
    assert_eq!(read.target_utilization(), Utilization::try_from(0.5).ok());
    let zone = read.schedules[0].time_zone.as_ref().unwrap();
    assert_eq!(zone.as_str(), "Europe/Berlin");
    assert_eq!(read.schedules[0].at.as_str(), "cron(0 8 * * ? *)");
}

#[test]
fn bounds_and_target_are_checked() {
    for (arguments, message) in [
        ("max = 2", "`provisioned_concurrency` needs `min`"),
        ("min = 0", "`min` is 1 or more: with 0, Lambda removes the configuration"),
        ("2", "needs `min`\n\nhelp: write `min = 2`"),
        ("\"2\"", "needs `min`\n\nhelp: write `min = 1`"),
        (
            "min = 3, max = 2",
            "`max` of 2 is less than `min`, which is 3\n\nhelp: write `max = 3` or more",
        ),
        ("min = 1, max = 0", "provisioned concurrency of 0 is too low"),
        ("min = 1, max = 2, target = 1", "target of 1 is out of range: AWS takes 0.1 to 0.9"),
        (r#"min = 1, max = 2, target = "0.7""#, "expected a share, such as `0.7`"),
        ("min = 2, target = 7", "target of 7 is out of range"),
        (
            "min = 2, target = 0.7",
            "`target` has no effect: `min` and `max` are the same at all times\n\nhelp: write `max = 3` or more",
        ),
        ("-1", "needs `min`\n\nhelp: write `min = 1`"),
        ("0", "needs `min`\n\nhelp: write `min = 1`"),
        ("min = 2, most = 3", "unknown key `most` in `provisioned_concurrency`"),
    ] {
        let found = wrong(arguments);
        assert!(found.contains(message), "{arguments}: {found}");
    }
}

#[test]
fn schedules_are_checked() {
    for (schedule, message) in [
        ("schedule(min = 2)", "`schedule` needs `at`"),
        (r#"schedule(at = "cron(0 8 * * ? *)")"#, "`schedule` needs `min`"),
        (r#"schedule = "cron(0 8 * * ? *)""#, "`schedule` takes its values in parentheses"),
        (r#"schedule(at = "at(2026-02-30T06:00:00)", min = 2)"#, "there is no day `2026-02-30`"),
        (r#"schedule(at = "rate(1 days)", min = 2)"#, "write `rate(1 day)`"),
        (r#"schedule(at = "cron(0 8 * * ? *)", min = 0)"#, "`min` is 1 or more"),
        (r#"schedule(at = "cron(0 8 * * ? *)", min = 2, max = 1)"#, "is less than `min`"),
        (
            r#"schedule(at = "cron(0 8 * * ? *)", min = 2, time_zone = "Berlin")"#,
            "did you mean `Europe/Berlin`?",
        ),
        (
            r#"schedule(at = "rate(1 day)", min = 2, time_zone = "UTC")"#,
            "a `rate(…)` has no time of day",
        ),
        (r#"schedule(at = "rate(1 day)", min = 2, zone = "UTC")"#, "did you mean `time_zone`?"),
    ] {
        let found = wrong(&format!("min = 1, {schedule}"));
        assert!(found.contains(message), "{schedule}: {found}");
    }
}

#[test]
fn two_schedules_at_one_time_are_rejected_however_it_is_written() {
    let second = |first: &str, next: &str| {
        format!("(min = 1, schedule({AT}, min = 2{first}), schedule({AT}, min = 3{next}))")
    };
    let (utc, berlin) = (r#", time_zone = "UTC""#, r#", time_zone = "Europe/Berlin""#);
    for (first, next) in [("", ""), (utc, ""), ("", utc), (utc, utc), (berlin, berlin)] {
        let found = rejected(&format!("provisioned_concurrency{}", second(first, next)));
        assert!(found.starts_with("a second schedule at `cron(0 8 * * ? *)`"), "{found}");
    }
    read(&second("", berlin));
}

#[test]
fn zero_is_rejected_with_how_to_write_none() {
    let found = rejected("provisioned_concurrency = 0");
    assert!(
        found.ends_with(
            "help: leave `provisioned_concurrency` out, or write `provisioned_concurrency = 1`"
        ),
        "{found}"
    );
}

#[test]
fn schedules_are_limited_to_the_number_that_auto_scaling_accepts() {
    let arguments = |count: usize| {
        let schedules =
            (1..=count).map(|n| format!(r#", schedule(at = "rate({} days)", min = 2)"#, n + 1));
        format!("min = 1{}", schedules.collect::<String>())
    };
    read(&format!("({})", arguments(limits::SCHEDULED_ACTIONS)));
    let found = wrong(&arguments(limits::SCHEDULED_ACTIONS + 1));
    assert_eq!(found, "201 schedules, Application Auto Scaling takes 200");
}

#[test]
fn no_bound_exceeds_the_reserved_concurrency() {
    for value in [
        " = 6".to_owned(),
        "(min = 6)".to_owned(),
        "(min = 1, max = 6)".to_owned(),
        format!("(min = 1, schedule({AT}, min = 6))"),
        format!("(min = 1, schedule({AT}, min = 2, max = 6))"),
    ] {
        let found = rejected(&format!("reserved_concurrency = 5, provisioned_concurrency{value}"));
        let message = "provisioned concurrency of 6 is more than the reserved concurrency of 5\n\nhelp: lower it, or write `reserved_concurrency = 6` or more";
        assert_eq!(found, message, "{value}");
    }
    accepted("reserved_concurrency = 5, provisioned_concurrency(min = 1, max = 5)");
}
