//! A function stops to work before its timeout, and not before it has begun.

use crate::App;
use crate::problem::{At, Item, Problems};

pub(super) fn check(app: &App, problems: &mut Problems) {
    for (index, function) in app.functions.iter().enumerate() {
        let margin = function.deadline_margin(&app.defaults);
        let timeout = function.timeout(&app.defaults).get();
        if margin.get() < timeout * 1_000 {
            continue;
        }
        let message = format!(
            "a deadline margin of {margin} leaves no time to work: this function's timeout is {timeout} s"
        );
        problems
            .push(Item::Function(index), At::Key("deadline_margin".to_owned()), message)
            .help("lower the margin, or raise the timeout");
    }
}
