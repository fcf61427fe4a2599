//! Checks that the deadline margin of each function is shorter than its timeout. If both are defaults of the
//! application, the mistake is in Cargo.toml and is reported there, once.

use crate::App;
use crate::messages::application::{MarginCause, margin_leaves_no_time};
use crate::problem::{ItemIndex, PlaceInItem, Problems};

pub(super) fn check(app: &App, problems: &mut Problems) {
    for (index, function) in app.functions.iter().enumerate() {
        let margin = function.deadline_margin(&app.defaults);
        let timeout = function.least_timeout(&app.defaults);
        if margin.get() < timeout * 1_000 {
            continue;
        }
        let settings = &function.settings;
        let (key, cause) = if settings.deadline_margin.is_some() {
            ("deadline_margin", MarginCause::OwnMargin)
        } else if settings.timeout.is_some() {
            ("timeout", MarginCause::OwnTimeout)
        } else {
            ("deadline_margin", MarginCause::Defaults)
        };
        let at = PlaceInItem::key(key);
        let message = margin_leaves_no_time(cause, margin, timeout);
        if cause == MarginCause::Defaults {
            problems.push_for_defaults(at, message);
        } else {
            problems.push(ItemIndex::Function(index), at, message);
        }
    }
}
