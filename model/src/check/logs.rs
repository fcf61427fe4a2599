//! Checks the log levels of functions against the default log format, because Lambda accepts log levels only
//! for JSON. Levels and a format in the same attribute were checked when the attribute was parsed.

use crate::App;
use crate::aws::logs::LogFormat;
use crate::messages::application::log_level_without_json;
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
        let level = levels.into_iter().find(|(_, is_set)| *is_set);
        let Some((key, _)) = level.filter(|_| settings.log_format.is_none()) else { continue };
        let message = log_level_without_json(key);
        problems.push(ItemIndex::Function(index), PlaceInItem::key(key), message);
    }
}
