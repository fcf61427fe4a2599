//! Checks that the deadline margin of each function is shorter than its timeout. If both are defaults of the
//! application, the mistake is in Cargo.toml: the check then reports it only once, and the message names
//! Cargo.toml.

use crate::App;
use crate::messages::application::{MarginCause, margin_leaves_no_time};
use crate::problem::{ItemIndex, PlaceInItem, Problems};

pub(super) fn check(app: &App, problems: &mut Problems) {
    let mut reported_defaults = false;
    for (index, function) in app.functions.iter().enumerate() {
        let margin = function.deadline_margin(&app.defaults);
        let timeout = function.timeout(&app.defaults).get();
        if margin.get() < timeout * 1_000 {
            continue;
        }
        let settings = &function.settings;
        let (at, cause) = if settings.deadline_margin.is_some() {
            (PlaceInItem::key("deadline_margin"), MarginCause::OwnMargin)
        } else if settings.timeout.is_some() {
            (PlaceInItem::key("timeout"), MarginCause::OwnTimeout)
        } else if reported_defaults {
            continue;
        } else {
            reported_defaults = true;
            (PlaceInItem::Name, MarginCause::Defaults)
        };
        let message = margin_leaves_no_time(cause, margin, timeout);
        problems.push(ItemIndex::Function(index), at, message);
    }
}
