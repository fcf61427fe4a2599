//! Checks that each binary has at most one `#[init]`, and that a handler with a `State` has one.

use crate::messages::application as messages;
use crate::problem::{ItemIndex, PlaceInItem, Problems};
use crate::{App, Init};

pub(super) fn check(app: &App, problems: &mut Problems) {
    for (index, init) in app.inits.iter().enumerate() {
        let is_in_same_binary = |other: &&Init| {
            other.binary.is_none() || init.binary.is_none() || other.binary == init.binary
        };
        if let Some(first) = app.inits[..index].iter().find(is_in_same_binary) {
            let message = messages::second_init(&first.path, &first.origin);
            problems.push(ItemIndex::Init(index), PlaceInItem::Name, message);
        }
    }
    for (index, function) in app.functions.iter().enumerate() {
        let Some(param) = function.state else {
            continue;
        };
        // That no binary serves the function is a problem of its own.
        let is_found = |init: &Init| {
            init.binary.is_none() || function.binary.is_none() || init.binary == function.binary
        };
        if !app.inits.iter().any(is_found) {
            let at = PlaceInItem::Param(param);
            problems.push(ItemIndex::Function(index), at, messages::state_without_init());
        }
    }
}
