//! The levels of logs beside their format: Lambda takes levels of JSON alone. What one attribute says
//! of both was refused when it was read; here a function meets the defaults.

use super::DEFAULTS;
use crate::App;
use crate::aws::logs::LogFormat;
use crate::problem::{ItemIndex, PlaceInItem, Problems};

pub(super) fn check(app: &App, problems: &mut Problems) {
    if app.defaults.log_format != Some(LogFormat::Text) {
        return;
    }
    for (index, function) in app.functions.iter().enumerate() {
        let settings = &function.settings;
        let levels = [
            ("log_level", settings.log_level.is_some()),
            ("system_log_level", settings.system_log_level.is_some()),
        ];
        let level = levels.into_iter().find(|(_, given)| *given);
        let Some((key, _)) = level.filter(|_| settings.log_format.is_none()) else { continue };
        let message =
            format!("`{key}` needs logs in JSON, and {DEFAULTS} has `log_format = \"text\"`");
        problems
            .push(ItemIndex::Function(index), PlaceInItem::key(key), message)
            .help("add `log_format = json` to this function");
    }
}
