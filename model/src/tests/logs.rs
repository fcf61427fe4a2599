//! The levels of logs beside the format of the application's defaults.

use super::{found, function};
use crate::aws::logs::{LogFormat, LogLevel, SystemLogLevel};
use crate::place::{At, Item};
use crate::{App, Function, Parts, Settings};

fn problems(default: Option<LogFormat>, settings: Settings) -> Vec<(Item, At, String, String)> {
    let defaults = Settings { log_format: default, ..Settings::default() };
    let functions = vec![Function { settings, ..function("f") }];
    found(&App::new(Parts { defaults, functions, ..Parts::default() }))
}

#[test]
fn a_level_beside_a_default_of_text_is_an_error_at_the_level() {
    let debug = Settings { log_level: Some(LogLevel::Debug), ..Settings::default() };
    let warn = Settings { system_log_level: Some(SystemLogLevel::Warn), ..Settings::default() };
    for (settings, key) in [(&debug, "log_level"), (&warn, "system_log_level")] {
        let message = format!(
            "`{key}` needs logs in JSON, and `[package.metadata.skylift]` has `log_format = \"text\"`"
        );
        let help = "add `log_format = json` to this function".to_owned();
        assert_eq!(
            problems(Some(LogFormat::Text), settings.clone()),
            [(Item::Function(0), At::key(key), message, help)]
        );
    }
    let json = Settings { log_format: Some(LogFormat::Json), ..debug.clone() };
    assert_eq!(problems(Some(LogFormat::Text), json), []);
    for default in [None, Some(LogFormat::Json)] {
        assert_eq!(problems(default, debug.clone()), []);
    }
}
