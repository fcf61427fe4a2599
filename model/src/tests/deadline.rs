//! Tests of deadline margins and of pings against a function's timeout.

use super::{found, function};
use crate::deadline::DeadlineMargin;
use crate::duration::Milliseconds;
use crate::keep_warm::{Hold, KeepWarm};
use crate::location::{ItemIndex, PlaceInItem};
use crate::settings::Timeout;
use crate::{App, AppParts, Function, FunctionSettings};

fn settings(margin: Option<u64>, timeout: Option<u64>) -> FunctionSettings {
    let length = |seconds| Milliseconds::new(seconds * 1_000);
    FunctionSettings {
        deadline_margin: margin.map(|it| DeadlineMargin::try_from(length(it)).unwrap()),
        timeout: timeout.map(|seconds| Timeout::try_from(seconds).unwrap()),
        ..FunctionSettings::default()
    }
}

/// Returns the problems of functions with these settings.
fn problems(
    defaults: FunctionSettings,
    functions: Vec<FunctionSettings>,
) -> Vec<(ItemIndex, PlaceInItem, String, String)> {
    let functions = functions.into_iter().enumerate();
    let functions = functions
        .map(|(number, settings)| Function { settings, ..function(&format!("f{number}")) })
        .collect();
    found(&App::new(AppParts { defaults, functions, ..AppParts::default() }))
}

#[test]
fn defaults_that_leave_no_time_to_work_are_reported_once() {
    let functions = vec![settings(None, Some(60)), settings(None, None), settings(None, None)];
    let found = problems(settings(Some(10), None), functions);
    let message = "a deadline margin of 10 s, the default in `[package.metadata.skylift]`, leaves no time to work: the default timeout is 3 s";
    let help = "lower `deadline_margin` or raise `timeout` in `[package.metadata.skylift]`";
    assert_eq!(
        found,
        [(
            ItemIndex::Defaults,
            PlaceInItem::key("deadline_margin"),
            message.to_owned(),
            help.to_owned()
        )]
    );
}

#[test]
fn a_margin_or_timeout_of_a_function_is_reported_at_its_key() {
    let functions =
        vec![settings(None, Some(5)), settings(Some(20), None), settings(Some(5), Some(5))];
    let found = problems(settings(Some(10), Some(15)), functions);
    let raise = "raise the timeout, or give this function its own `deadline_margin`";
    let lower = "lower the margin, or raise the timeout";
    let problem = |function, key: &str, message: &str, help: &str| {
        (ItemIndex::Function(function), PlaceInItem::key(key), message.to_owned(), help.to_owned())
    };
    assert_eq!(
        found,
        [
            problem(
                0,
                "timeout",
                "a deadline margin of 10 s, the default in `[package.metadata.skylift]`, leaves no time to work: this function's timeout is 5 s",
                raise
            ),
            problem(
                1,
                "deadline_margin",
                "a deadline margin of 20 s leaves no time to work: this function's timeout is 15 s",
                lower
            ),
            problem(
                2,
                "deadline_margin",
                "a deadline margin of 5 s leaves no time to work: this function's timeout is 5 s",
                lower
            ),
        ]
    );
}

#[test]
fn a_margin_shorter_than_the_timeout_is_accepted() {
    assert_eq!(problems(settings(Some(10), Some(11)), vec![settings(None, None)]), []);
    assert_eq!(problems(settings(None, None), vec![settings(Some(4), Some(5))]), []);
}

#[test]
fn a_ping_has_to_end_before_the_timeout() {
    let warm = |hold: u64| {
        let keep_warm = KeepWarm::from(
            "rate(5 minutes)".parse::<crate::schedule::ScheduleExpression>().unwrap(),
        );
        let hold = Some(Hold::try_from(Milliseconds::new(hold)).unwrap());
        let keep_warm = Some(KeepWarm { hold, ..keep_warm });
        super::with_timeout(Function { keep_warm, ..function("f") }, 2)
    };
    assert_eq!(found(&super::app(vec![warm(1_999)], Vec::new())), []);
    super::assert_problem(
        &super::app(vec![warm(2_000)], Vec::new()),
        0,
        &PlaceInItem::Hold,
        "a ping that is held for 2000 ms outlasts the function's timeout of 2 s",
        "hold it for a shorter time: half a second is enough for most functions",
    );
}
