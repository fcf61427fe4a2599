//! The properties of a function that are not the user's to set.

use skylift_model::aws::keys;

use super::WHAT;
use crate::errors::Errors;
use crate::properties::Ours;
use crate::tree::{Args, Kind, Value};

/// What Skylift sets itself, and what there is a key for.
pub(super) fn ours() -> Ours {
    Ours { what: WHAT, own: keys::OWN, keyed: keys::properties().collect() }
}

/// A log group of the user's own is kept for as long as they have said of it.
pub(super) fn check_log_retention(args: &Args, errors: &mut Errors) {
    let within = |value: &Value, key: &str| match &value.kind {
        Kind::Map(entries) => entries.iter().find(|(it, _)| it.text == key).map(|it| it.1.clone()),
        _ => None,
    };
    let logging = args.find("properties").and_then(|value| within(value, "LoggingConfig"));
    let own = logging.and_then(|logging| within(&logging, "LogGroup")).is_some();
    if let Some(value) = args.find("log_retention").filter(|_| own) {
        errors
            .push(
                &value.place,
                "`LogGroup` is a log group of your own, whose retention is not Skylift's to set",
            )
            .help("leave `log_retention` out, and say it of the log group");
    }
}

#[cfg(test)]
mod tests {
    use crate::function::testing::{refused, right};

    #[test]
    fn a_part_without_a_key_is_the_users() {
        for parts in [
            r#""EventInvokeConfig": { "DestinationConfig": { "OnFailure": { "Type": "SQS" } } }"#,
            r#""LoggingConfig": { "LogGroup": "/shop" }"#,
            r#""LoggingConfig": { "LogGroup": { "Ref": "Shared" } }"#,
        ] {
            right(&format!("retries = 1, log_level = debug, properties = {{ {parts} }}"));
        }
    }

    #[test]
    fn a_part_with_a_key_or_one_that_is_hidden_is_refused() {
        for (parts, message) in [
            (r#""EventInvokeConfig": { "MaximumRetryAttempts": 1 }"#, "a key for it: `retries`"),
            (
                r#""EventInvokeConfig": { "MaximumEventAgeInSeconds": 60 }"#,
                "a key for it: `max_event_age`",
            ),
            (r#""LoggingConfig": { "LogFormat": "JSON" }"#, "a key for it: `log_format`"),
            (r#""LoggingConfig": { "ApplicationLogLevel": "INFO" }"#, "a key for it: `log_level`"),
            (
                r#""LoggingConfig": { "SystemLogLevel": "INFO" }"#,
                "a key for it: `system_log_level`",
            ),
            (r#""LoggingConfig": "x""#, "`LoggingConfig` is a map, found a string"),
            (
                r#""EventInvokeConfig": { "Fn::If": ["A", {}, {}] }"#,
                "`Fn::If` hides what it sets of `EventInvokeConfig`",
            ),
            (r#""Environment": { "Variables": {} }"#, "a key for it: `env`"),
        ] {
            let found = refused(&format!("properties = {{ {parts} }}"));
            assert!(found.contains(message), "{parts}: {found}");
        }
    }

    #[test]
    fn a_log_group_of_the_users_own_has_its_own_retention() {
        let properties = r#"properties = { "LoggingConfig": { "LogGroup": "/shop" } }"#;
        let found = refused(&format!("log_retention = 7, {properties}"));
        assert!(found.starts_with("`LogGroup` is a log group of your own"), "{found}");
        right(properties);
    }
}
