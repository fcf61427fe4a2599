//! The levels of logs beside their format: Lambda takes levels of JSON alone. What one attribute says
//! of both was refused when it was read; here a function meets the defaults.

use super::DEFAULTS;
use crate::App;
use crate::aws::logs::LogFormat;
use crate::problem::{At, Item, Problems};

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
            .push(Item::Function(index), At::key(key), message)
            .help("add `log_format = json` to this function");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Settings;
    use crate::aws::logs::{LogLevel, SystemLogLevel};
    use crate::check::testing;
    use crate::problem::Problem;

    fn problems(default: Option<LogFormat>, settings: Settings) -> Vec<Problem> {
        let defaults = Settings { log_format: default, ..Settings::default() };
        testing::problems(defaults, vec![settings])
    }

    #[test]
    fn a_level_beside_a_default_of_text_is_an_error_at_the_level() {
        let debug = Settings { log_level: Some(LogLevel::Debug), ..Settings::default() };
        let warn = Settings { system_log_level: Some(SystemLogLevel::Warn), ..Settings::default() };
        for (settings, key) in [(&debug, "log_level"), (&warn, "system_log_level")] {
            let problems = problems(Some(LogFormat::Text), settings.clone());
            let [problem] = problems.as_slice() else { panic!("{problems:?}") };
            assert_eq!((problem.item, &problem.at), (Item::Function(0), &At::key(key)));
            assert!(problem.message.starts_with(&format!("`{key}` needs logs in JSON")));
        }
        let json = Settings { log_format: Some(LogFormat::Json), ..debug.clone() };
        assert_eq!(problems(Some(LogFormat::Text), json), []);
        for default in [None, Some(LogFormat::Json)] {
            assert_eq!(problems(default, debug.clone()), []);
        }
    }
}
