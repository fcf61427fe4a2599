//! Tests of log levels against the default log format.

use super::{found, function};
use crate::aws::logs::{LogFormat, LogLevel, SystemLogLevel};
use crate::location::{ItemIndex, PlaceInItem};
use crate::{App, AppParts, Function, FunctionSettings};

fn problems(
    default: Option<LogFormat>,
    settings: FunctionSettings,
) -> Vec<(ItemIndex, PlaceInItem, String, String)> {
    let defaults = FunctionSettings { log_format: default, ..FunctionSettings::default() };
    let functions = vec![Function { settings, ..function("f") }];
    found(&App::new(AppParts { defaults, functions, ..AppParts::default() }))
}

#[test]
fn a_log_level_with_a_default_format_of_text_is_reported_at_the_level() {
    let debug =
        FunctionSettings { log_level: Some(LogLevel::Debug), ..FunctionSettings::default() };
    let warn = FunctionSettings {
        system_log_level: Some(SystemLogLevel::Warn),
        ..FunctionSettings::default()
    };
    for (settings, key) in [(&debug, "log_level"), (&warn, "system_log_level")] {
        let message = format!(
            "`{key}` needs logs in JSON, and `[package.metadata.skylift]` has `log_format = \"text\"`"
        );
        let help = "add `log_format = json` to this function".to_owned();
        assert_eq!(
            problems(Some(LogFormat::Text), settings.clone()),
            [(ItemIndex::Function(0), PlaceInItem::key(key), message, help)]
        );
    }
    let json = FunctionSettings { log_format: Some(LogFormat::Json), ..debug.clone() };
    assert_eq!(problems(Some(LogFormat::Text), json), []);
    for default in [None, Some(LogFormat::Json)] {
        assert_eq!(problems(default, debug.clone()), []);
    }
}
