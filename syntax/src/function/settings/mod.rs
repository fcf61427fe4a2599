//! The settings that a function may have, and an application as a default.

use skylift_model::FunctionSettings;
use skylift_model::aws::function_keys;
use skylift_model::aws::limits;
use skylift_model::aws::logs::{LogFormat, LogLevel, SystemLogLevel, Tracing};
use skylift_model::aws::name::EnvKey;
use skylift_model::aws::value::has_dynamic_reference;
use skylift_model::deadline::DeadlineMargin;
use skylift_model::settings::{AllowStatement, Architecture};

use super::provisioned;
use crate::errors::Errors;
use crate::read;
use crate::tree::{Args, Kind, Value};

const ARCHITECTURES: [(&str, Architecture); 2] =
    [("arm64", Architecture::Arm64), ("x86_64", Architecture::X86_64)];

/// Whose settings are read: a default for all functions has fewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// One function's.
    Function,
    /// The application's, in Cargo.toml.
    Defaults,
}

/// Reads the settings that stand among `args`.
pub fn read(args: &Args, scope: Scope, errors: &mut Errors) -> FunctionSettings {
    let mut settings = FunctionSettings {
        memory: args.take(function_keys::MEMORY.name, read::number, errors),
        timeout: args.take(function_keys::TIMEOUT.name, read::seconds, errors),
        architecture: word(
            args,
            function_keys::ARCHITECTURE.name,
            "an architecture of Lambda",
            &ARCHITECTURES,
            errors,
        ),
        ephemeral_storage: args.take(function_keys::EPHEMERAL_STORAGE.name, read::number, errors),
        retries: args.take(function_keys::RETRIES.name, read::number, errors),
        max_event_age: args.take(function_keys::MAX_EVENT_AGE.name, read::seconds, errors),
        deadline_margin: args.take("deadline_margin", margin, errors),
        env: args.nested(function_keys::ENV.name, env, errors).unwrap_or_default(),
        log_retention: args.take("log_retention", read::number, errors),
        log_format: word(
            args,
            function_keys::LOG_FORMAT.name,
            "a format of logs",
            &LogFormat::ALL,
            errors,
        ),
        log_level: word(
            args,
            function_keys::LOG_LEVEL.name,
            "a level of logs",
            &LogLevel::ALL,
            errors,
        ),
        system_log_level: word(
            args,
            function_keys::SYSTEM_LOG_LEVEL.name,
            "a level of Lambda's own logs",
            &SystemLogLevel::ALL,
            errors,
        ),
        tracing: word(
            args,
            function_keys::TRACING.name,
            "a mode of tracing",
            &Tracing::ALL,
            errors,
        ),
        tags: args.nested(function_keys::TAGS.name, tags, errors).unwrap_or_default(),
        cold_start_metric: args.flag("cold_start_metric", errors),
        ..FunctionSettings::default()
    };
    check_levels(args, &settings, errors);
    if scope == Scope::Function {
        let reserved = args.take(function_keys::RESERVED_CONCURRENCY.name, read::number, errors);
        settings.reserved_concurrency = reserved;
        let provisioned =
            |value: &Value, errors: &mut Errors| provisioned::read(value, reserved, errors);
        settings.provisioned_concurrency = args.take(provisioned::KEY, provisioned, errors);
        settings.policies = policies(args, errors);
        settings.allow = allow(args, errors);
    }
    settings
}

/// A key that takes one of some words.
fn word<T: Copy>(
    args: &Args,
    key: &'static str,
    what: &str,
    words: &[(&str, T)],
    errors: &mut Errors,
) -> Option<T> {
    args.take(key, |value, errors| read::word(value, what, words, errors), errors)
}

fn margin(value: &Value, errors: &mut Errors) -> Option<DeadlineMargin> {
    match DeadlineMargin::try_from(read::milliseconds(value, errors)?) {
        Ok(margin) => Some(margin),
        Err(error) => {
            errors.push(&value.place, error.to_string()).help(error.help());
            None
        }
    }
}

/// Lambda takes levels of logs in JSON alone.
fn check_levels(args: &Args, settings: &FunctionSettings, errors: &mut Errors) {
    if settings.log_format != Some(LogFormat::Text) {
        return;
    }
    for key in [function_keys::LOG_LEVEL.name, function_keys::SYSTEM_LOG_LEVEL.name] {
        if args.has(key) {
            errors
                .push(
                    args.place_of(key),
                    format!("`{key}` needs logs in JSON, and `log_format` is `text`"),
                )
                .help("leave `log_format` out, or make it `json`");
        }
    }
}

fn env(args: &Args, errors: &mut Errors) -> Vec<(EnvKey, skylift_model::aws::value::CfnValue)> {
    let mut env = Vec::new();
    for (key, value) in args.entries(function_keys::ENV.name, errors) {
        match EnvKey::try_from(key.text.as_str()) {
            Ok(name) => env.extend(read::value(value, errors).map(|value| (name, value))),
            Err(error) => {
                errors.push(&key.place, error.to_string());
            }
        }
    }
    env
}

fn tags(args: &Args, errors: &mut Errors) -> Vec<(String, String)> {
    let mut tags = Vec::new();
    let entries = args.entries(function_keys::TAGS.name, errors);
    if entries.len() > limits::TAGS {
        errors.push(&args.place, format!("{} tags, AWS takes {}", entries.len(), limits::TAGS));
    }
    for (key, value) in entries {
        let reserved = key.text.to_lowercase().starts_with(limits::TAG_RESERVED_PREFIX);
        if reserved || !limits::TAG_KEY_LEN.contains(&key.text.chars().count()) {
            let (least, most) = (limits::TAG_KEY_LEN.start(), limits::TAG_KEY_LEN.end());
            let prefix = limits::TAG_RESERVED_PREFIX;
            errors.push(
                &key.place,
                format!("`{}` is not a key for a tag: it has {least} to {most} characters and does not begin with `{prefix}`", key.text),
            );
        }
        let text = read::text_within(value, limits::TAG_VALUE_LEN, "the value of a tag", errors);
        let parts =
            [(key.text.as_str(), &key.place), (text.as_deref().unwrap_or(""), &value.place)];
        for (part, place) in parts {
            if let Some(other) = part.chars().find(|letter| !is_of_tag(*letter)) {
                errors
                    .push(place, format!("`{}` cannot be part of a tag", other.escape_debug()))
                    .help("a tag has letters, digits, spaces and any of `_.:/=+-@`");
            }
        }
        tags.extend(text.map(|text| (key.text.clone(), text)));
    }
    tags
}

fn is_of_tag(letter: char) -> bool {
    letter.is_alphanumeric() || letter == ' ' || "_.:/=+-@".contains(letter)
}

fn policies(args: &Args, errors: &mut Errors) -> Vec<String> {
    let mut policies = Vec::new();
    for (_, value) in args.each(&[function_keys::POLICY.name]) {
        for item in read::list(value) {
            policies.extend(read::some_text(item, errors));
        }
    }
    policies
}

fn allow(args: &Args, errors: &mut Errors) -> Vec<AllowStatement> {
    let mut statements = Vec::new();
    for (_, value) in args.each(&[function_keys::ALLOW.name]) {
        let Kind::Call(_, args) = &value.kind else {
            errors.push(
                &value.place,
                "`allow` takes its values in parentheses: `allow(actions = […], resources = […])`",
            );
            continue;
        };
        let (actions, resources) = args.read(function_keys::ALLOW.name, errors, |args, errors| {
            (listed(args, "actions", errors), listed(args, "resources", errors))
        });
        let (Some(actions), Some(resources)) = (actions, resources) else { continue };
        let actions = actions.iter().filter_map(|value| action(value, errors)).collect();
        let resources = resources.iter().filter_map(|value| resource(value, errors)).collect();
        statements.push(AllowStatement { actions, resources });
    }
    statements
}

/// The items of a list in a statement, which needs one or more.
fn listed<'a>(args: &'a Args, key: &'static str, errors: &mut Errors) -> Option<&'a [Value]> {
    let items = |value: &'a Value, errors: &mut Errors| {
        let items = read::list(value);
        if items.is_empty() {
            errors.push(&value.place, format!("`{key}` of `allow` is empty")).help(
                "IAM refuses a statement without actions or resources: leave the whole `allow` out",
            );
        }
        Some(items).filter(|items| !items.is_empty())
    };
    args.given(key, items, errors).unwrap_or_else(|| {
        errors.push(&args.place, format!("`allow` needs `{key} = […]`"));
        None
    })
}

fn action(value: &Value, errors: &mut Errors) -> Option<String> {
    let action = read::text(value, errors)?;
    let parts = action.split_once(':');
    if action != "*" && parts.is_none_or(|(service, name)| service.is_empty() || name.is_empty()) {
        errors
            .push(&value.place, format!("`{action}` is not an IAM action"))
            .help("write `service:Action`, such as `ses:SendEmail`");
        return None;
    }
    Some(action.to_owned())
}

fn resource(value: &Value, errors: &mut Errors) -> Option<skylift_model::aws::value::CfnValue> {
    let resource = read::value(value, errors)?;
    if let Some(text) = resource.literal()
        && text != "*"
        && !text.starts_with("arn:")
        && !has_dynamic_reference(text)
    {
        errors
            .push(&value.place, format!("`{text}` is not an ARN"))
            .help("write an ARN, `*`, or the path of a `#[resource]`");
        return None;
    }
    Some(resource)
}

#[cfg(test)]
mod tests;
