//! Pings are answered before their function's timeout is over, the application's default included.

use crate::App;
use crate::problem::{ItemIndex, PlaceInItem, Problems};

pub(super) fn check(app: &App, problems: &mut Problems) {
    for (index, function) in app.functions.iter().enumerate() {
        let Some(keep_warm) = &function.keep_warm else { continue };
        let (hold, timeout) = (keep_warm.hold_ms(), function.timeout(&app.defaults).get());
        if u64::from(hold) < u64::from(timeout) * 1_000 {
            continue;
        }
        let message = format!(
            "a ping held for {hold} ms is not over when the function's timeout of {timeout} s is"
        );
        problems
            .push(ItemIndex::Function(index), PlaceInItem::Hold, message)
            .help("hold it for a shorter time: half a second is enough for most");
    }
}
