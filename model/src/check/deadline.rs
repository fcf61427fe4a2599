//! A function stops to work before its timeout, and not before it has begun. Where the margin is the
//! application's default, the mistake may be one of Cargo.toml: it is told once then, and there.

use super::DEFAULTS;
use crate::App;
use crate::problem::{ItemIndex, PlaceInItem, Problems};

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
            _ if own => (PlaceInItem::key("deadline_margin"), "this function's timeout"),
            Some(_) => (PlaceInItem::key("timeout"), "this function's timeout"),
            None if told => continue,
            None => {
                told = true;
                (PlaceInItem::Name, "the timeout of functions that say nothing else")
            }
        };
        let from = if own { String::new() } else { format!(", the default in {DEFAULTS},") };
        let message = format!(
            "a deadline margin of {margin}{from} leaves no time to work: {whose} is {timeout} s"
        );
        let help = match at {
            PlaceInItem::Name => {
                format!("lower `deadline_margin` or raise `timeout` in {DEFAULTS}")
            }
            _ if own => "lower the margin, or raise the timeout".to_owned(),
            _ => {
                "raise the timeout, or give this function a `deadline_margin` of its own".to_owned()
            }
        };
        problems.push(ItemIndex::Function(index), at, message).help(help);
    }
}
