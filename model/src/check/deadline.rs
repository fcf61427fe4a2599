//! A function stops to work before its timeout, and not before it has begun. Where the margin is the
//! application's default, the mistake may be one of Cargo.toml: it is told once then, and there.

use super::DEFAULTS;
use crate::App;
use crate::problem::{At, Item, Problems};

pub(super) fn check(app: &App, problems: &mut Problems) {
    let mut told = false;
    for (index, function) in app.functions.iter().enumerate() {
        let margin = function.deadline_margin(&app.defaults);
        let timeout = function.timeout(&app.defaults).get();
        if margin.get() < timeout * 1_000 {
            continue;
        }
        let settings = &function.settings;
        let own = settings.deadline_margin.is_some();
        let (at, whose) = match settings.timeout {
            _ if own => (At::key("deadline_margin"), "this function's timeout"),
            Some(_) => (At::key("timeout"), "this function's timeout"),
            None if told => continue,
            None => {
                told = true;
                (At::Name, "the timeout of functions that say nothing else")
            }
        };
        let from = if own { String::new() } else { format!(", the default in {DEFAULTS},") };
        let message = format!(
            "a deadline margin of {margin}{from} leaves no time to work: {whose} is {timeout} s"
        );
        let help = match at {
            At::Name => format!("lower `deadline_margin` or raise `timeout` in {DEFAULTS}"),
            _ if own => "lower the margin, or raise the timeout".to_owned(),
            _ => {
                "raise the timeout, or give this function a `deadline_margin` of its own".to_owned()
            }
        };
        problems.push(Item::Function(index), at, message).help(help);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Settings;
    use crate::check::testing;
    use crate::deadline::DeadlineMargin;
    use crate::duration::Milliseconds;
    use crate::settings::Timeout;

    fn settings(margin: Option<u64>, timeout: Option<u64>) -> Settings {
        let length = |seconds| Milliseconds::new(seconds * 1_000);
        Settings {
            deadline_margin: margin.map(|it| DeadlineMargin::try_from(length(it)).unwrap()),
            timeout: timeout.map(|seconds| Timeout::try_from(seconds).unwrap()),
            ..Settings::default()
        }
    }

    /// Where the problems stand, with their messages.
    fn found(defaults: Settings, functions: Vec<Settings>) -> Vec<(Item, At, String)> {
        let problems = testing::problems(defaults, functions);
        problems.into_iter().map(|it| (it.item, it.at, it.message)).collect()
    }

    #[test]
    fn a_default_that_leaves_no_time_is_one_mistake_of_the_metadata() {
        let functions = vec![settings(None, Some(60)), settings(None, None), settings(None, None)];
        let found = found(settings(Some(10), None), functions);
        let message = "a deadline margin of 10 s, the default in `[package.metadata.skylift]`, leaves no time to work: the timeout of functions that say nothing else is 3 s";
        assert_eq!(found, [(Item::Function(1), At::Name, message.to_owned())]);
    }

    #[test]
    fn what_a_function_says_itself_is_its_own_mistake() {
        let functions =
            vec![settings(None, Some(5)), settings(Some(20), None), settings(Some(5), Some(5))];
        let found = found(settings(Some(10), Some(15)), functions);
        let at: Vec<(Item, At)> = found.iter().map(|(item, at, _)| (*item, at.clone())).collect();
        let key = |key: &str| At::key(key);
        assert_eq!(
            at,
            [
                (Item::Function(0), key("timeout")),
                (Item::Function(1), key("deadline_margin")),
                (Item::Function(2), key("deadline_margin")),
            ]
        );
        assert!(found[0].2.contains("the default in `[package.metadata.skylift]`"), "{found:?}");
        assert!(!found[1].2.contains("metadata"), "{found:?}");
    }
}
