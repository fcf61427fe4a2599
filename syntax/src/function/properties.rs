//! The properties of a function that are not the user's to set.

use skylift_model::FunctionSettings;
use skylift_model::aws::function_keys;
use skylift_model::aws::node::Map;

use super::{WHAT, provisioned, resume};
use crate::errors::Errors;
use crate::properties::{self, Ours};
use crate::tree::{Args, Kind, Value};

/// The key.
const KEY: &str = "properties";

/// What Skylift sets itself, and what there is a key for.
fn ours() -> Ours {
    Ours {
        what: WHAT,
        own: function_keys::MANAGED_PROPERTIES,
        keyed: function_keys::keyed_properties().collect(),
    }
}

/// Reads `properties` where they are among the arguments of a function with these settings.
pub(super) fn read(args: &Args, settings: &FunctionSettings, errors: &mut Errors) -> Map {
    let own = |value: &Value, errors: &mut Errors| {
        let own = properties::read(value, &ours(), errors);
        check_log_retention(value, args, errors);
        if settings.provisioned_concurrency.is_some() {
            provisioned::check_snap_start(value, errors);
        }
        if args.has(resume::KEY) {
            resume::check_properties(value, errors);
        }
        own
    };
    args.take(KEY, own, errors).unwrap_or_default()
}

/// A log group of the user's own is kept for as long as they have said of it.
fn check_log_retention(own: &Value, args: &Args, errors: &mut Errors) {
    fn within<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
        let Kind::Map(entries) = &value.kind else { return None };
        entries.iter().find(|(it, _)| it.text == key).map(|(_, value)| value)
    }
    let group = within(own, "LoggingConfig").and_then(|logging| within(logging, "LogGroup"));
    if group.is_some() && args.has("log_retention") {
        errors
            .push(
                args.place_of("log_retention"),
                "`LogGroup` is a log group of your own, whose retention is not Skylift's to set",
            )
            .help("leave `log_retention` out, and say it of the log group");
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::function_keys;

    use crate::function::testing::{refused, right};

    /// Keys that set no property of the function's resource: what they bring is a resource of its own, or
    /// nothing in the template.
    const WITHOUT_PROPERTY: [&str; 10] = [
        "cold_start_metric",
        "deadline_margin",
        "id",
        "idempotent",
        "keep_warm",
        "log_retention",
        "properties",
        "resume",
        "schedule",
        "trigger",
    ];

    #[test]
    fn every_key_that_is_read_is_in_the_list_of_those_that_set_a_property_or_sets_none() {
        let found = refused("nothing_that_is_known = 1");
        let (_, read) = found.split_once("`#[function]` takes ").unwrap();
        let read = read.replace(" and ", ", ").replace('`', "");
        let mut read: Vec<&str> = read.split(", ").collect();
        let setting = function_keys::ALL.iter().map(|key| key.name);
        let mut known: Vec<&str> = setting.chain(WITHOUT_PROPERTY).collect();
        read.sort_unstable();
        known.sort_unstable();
        assert_eq!(read, known);
    }

    #[test]
    fn every_property_with_a_key_is_refused_with_that_key() {
        for key in function_keys::ALL {
            for property in key.properties {
                let written = match property.split_once('.') {
                    Some((whole, part)) => format!("\"{whole}\": {{ \"{part}\": 1 }}"),
                    None => format!("\"{property}\": 1"),
                };
                let found = refused(&format!("properties = {{ {written} }}"));
                assert!(found.contains("is what Skylift sets"), "{property}: {found}");
                assert!(found.contains(&format!("`{}`", key.name)), "{property}: {found}");
            }
        }
        for property in function_keys::MANAGED_PROPERTIES {
            let found = refused(&format!("properties = {{ \"{property}\": 1 }}"));
            assert!(found.ends_with("`properties` cannot change it"), "{property}: {found}");
        }
    }

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
