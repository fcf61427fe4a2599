//! The properties of a function that are not the user's to set.

use skylift_model::Settings;
use skylift_model::aws::node::Map;

use super::{WHAT, provisioned, resume};
use crate::errors::Errors;
use crate::properties::{self, Ours};
use crate::tree::{Args, Kind, Value};

/// The key.
const KEY: &str = "properties";

const OURS: Ours = Ours {
    what: WHAT,
    own: &["Handler", "Runtime", "CodeUri", "Events", "PackageType", "InlineCode", "ImageUri"],
    keyed: &[
        ("FunctionName", "name"),
        ("Description", "description"),
        ("MemorySize", "memory"),
        ("Timeout", "timeout"),
        ("Architectures", "architecture"),
        ("EphemeralStorage", "ephemeral_storage"),
        ("ReservedConcurrentExecutions", "reserved_concurrency"),
        ("ProvisionedConcurrencyConfig", "provisioned_concurrency"),
        ("AutoPublishAlias", "provisioned_concurrency"),
        ("EventInvokeConfig.MaximumRetryAttempts", "retries"),
        ("EventInvokeConfig.MaximumEventAgeInSeconds", "max_event_age"),
        ("Environment", "env"),
        ("LoggingConfig.LogFormat", "log_format"),
        ("LoggingConfig.ApplicationLogLevel", "log_level"),
        ("LoggingConfig.SystemLogLevel", "system_log_level"),
        ("Policies", "policy` or `allow"),
        ("Tags", "tags"),
        ("Tracing", "tracing"),
    ],
};

/// Reads `properties` where they are among the arguments of a function with these settings.
pub(super) fn read(args: &Args, settings: &Settings, errors: &mut Errors) -> Map {
    let own = |value: &Value, errors: &mut Errors| {
        let own = properties::read(value, &OURS, errors);
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
