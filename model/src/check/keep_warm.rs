//! Checks that a function holds each ping for less time than its timeout, which can be the default of the
//! application.

use crate::App;
use crate::messages::application::ping_outlasts_timeout;
use crate::problem::{ItemIndex, PlaceInItem, Problems};

pub(super) fn check(app: &App, problems: &mut Problems) {
    for (index, function) in app.functions.iter().enumerate() {
        let Some(keep_warm) = &function.keep_warm else { continue };
        let (hold, timeout) = (keep_warm.hold_ms(), function.least_timeout(&app.defaults));
        if u64::from(hold) < u64::from(timeout) * 1_000 {
            continue;
        }
        let message = ping_outlasts_timeout(hold, timeout);
        problems.push(ItemIndex::Function(index), PlaceInItem::Hold, message);
    }
}
