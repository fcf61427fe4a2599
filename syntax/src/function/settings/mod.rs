//! The settings of a function, as keys of `#[function]`. Cargo.toml can set most of them as defaults for all
//! functions of the package.

mod alarms;
pub(crate) mod allow;
pub(super) mod conditions;
mod deployment;
mod instances;
mod lambda;
mod permissions;

use skylift_model::FunctionSettings;
use skylift_model::aws::function_keys;
use skylift_model::aws::limits;
use skylift_model::aws::logs::{LogFormat, LogLevel, SystemLogLevel, Tracing};
use skylift_model::aws::name::EnvKey;
use skylift_model::aws::sub_text;
use skylift_model::aws::value::{CfnValue, TagValue};
use skylift_model::deadline::DeadlineMargin;
use skylift_model::number_setting::NumberParameters;
use skylift_model::settings::{Architecture, RecursiveLoop};

use self::allow::read_allow;
use self::instances::{read_limited, runs_on_instances};
use self::lambda::read_lambda_settings;
use self::permissions::read_policies;
use super::provisioned;
use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::readers::{
    read_cfn_value, read_milliseconds, read_number, read_seconds, read_short_text, read_word,
    take_number,
};
use crate::tree::{ArgValue, ArgValueKind, Args};

const ARCHITECTURES: [(&str, Architecture); 2] =
    [("arm64", Architecture::Arm64), ("x86_64", Architecture::X86_64)];

/// The scope of settings: one function, or the defaults for all functions, which have fewer keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingsScope {
    /// The settings of one function, in `#[function]`.
    Function,
    /// The defaults of all functions of the package, in Cargo.toml.
    Defaults,
}

/// Reads the settings among the arguments. Keys that do not exist in this scope are not read.
pub fn read_settings(args: &Args, scope: SettingsScope, errors: &mut Errors) -> FunctionSettings {
    let on_instances = scope == SettingsScope::Function && runs_on_instances(args);
    let mut parameters = NumberParameters::default();
    let memory = read_limited(on_instances, read_number);
    let memory = take_number(args, function_keys::MEMORY.name, memory, &mut parameters, errors);
    let timeout = read_limited(on_instances, read_seconds);
    let timeout = take_number(args, function_keys::TIMEOUT.name, timeout, &mut parameters, errors);
    let storage = read_limited(on_instances, read_number);
    let storage =
        take_number(args, function_keys::EPHEMERAL_STORAGE.name, storage, &mut parameters, errors);
    let retries =
        take_number(args, function_keys::RETRIES.name, read_number, &mut parameters, errors);
    let max_age =
        take_number(args, function_keys::MAX_EVENT_AGE.name, read_seconds, &mut parameters, errors);
    let retention =
        take_number(args, function_keys::LOG_RETENTION, read_number, &mut parameters, errors);
    let mut settings = FunctionSettings {
        memory,
        timeout,
        architecture: take_word(
            args,
            function_keys::ARCHITECTURE.name,
            phrases::ARCHITECTURE,
            &ARCHITECTURES,
            errors,
        ),
        ephemeral_storage: storage,
        retries,
        max_event_age: max_age,
        deadline_margin: args.take("deadline_margin", read_deadline_margin, errors),
        env: args.take_nested(function_keys::ENV.name, read_env, errors).unwrap_or_default(),
        log_retention: retention,
        log_format: take_word(
            args,
            function_keys::LOG_FORMAT.name,
            phrases::LOG_FORMAT,
            &LogFormat::ALL,
            errors,
        ),
        log_level: take_word(
            args,
            function_keys::LOG_LEVEL.name,
            phrases::LOG_LEVEL,
            &LogLevel::ALL,
            errors,
        ),
        system_log_level: take_word(
            args,
            function_keys::SYSTEM_LOG_LEVEL.name,
            phrases::SYSTEM_LOG_LEVEL,
            &SystemLogLevel::ALL,
            errors,
        ),
        tracing: take_word(
            args,
            function_keys::TRACING.name,
            phrases::TRACING_MODE,
            &Tracing::ALL,
            errors,
        ),
        tags: args.take_nested(function_keys::TAGS.name, read_tags, errors).unwrap_or_default(),
        cold_start_metric: args.take_flag("cold_start_metric", errors),
        lambda: read_lambda_settings(args, scope, errors),
        ..FunctionSettings::default()
    };
    check_log_levels(args, &settings, errors);
    if scope == SettingsScope::Function {
        let key = function_keys::RESERVED_CONCURRENCY.name;
        let reserved = take_number(args, key, read_number, &mut parameters, errors);
        settings.reserved_concurrency = reserved;
        settings.recursive_loop = take_word(
            args,
            function_keys::RECURSIVE_LOOP.name,
            phrases::RECURSIVE_LOOP,
            &RecursiveLoop::ALL,
            errors,
        );
        let provisioned = |value: &ArgValue, errors: &mut Errors| {
            provisioned::read_provisioned(value, reserved, errors)
        };
        settings.provisioned_concurrency =
            take_number(args, provisioned::KEY, provisioned, &mut parameters, errors);
        settings.policies = read_policies(args, errors);
        settings.allow = read_allow(args, errors);
    }
    settings.from_parameters = parameters;
    settings
}

/// Reads a key whose value is one of the words in `words`. `what` is the noun for the words in messages.
fn take_word<T: Copy>(
    args: &Args,
    key: &'static str,
    what: &str,
    words: &[(&str, T)],
    errors: &mut Errors,
) -> Option<T> {
    args.take(key, |value, errors| read_word(value, what, words, errors), errors)
}

/// Reads the value of `deadline_margin`. Returns `None` after an error was recorded.
fn read_deadline_margin(value: &ArgValue, errors: &mut Errors) -> Option<DeadlineMargin> {
    match DeadlineMargin::try_from(read_milliseconds(value, errors)?) {
        Ok(margin) => Some(margin),
        Err(error) => {
            errors.push(&value.span, error);
            None
        }
    }
}

/// Checks that log levels are set only if the log format is JSON, because Lambda ignores levels for text.
fn check_log_levels(args: &Args, settings: &FunctionSettings, errors: &mut Errors) {
    if settings.log_format != Some(LogFormat::Text) {
        return;
    }
    for key in [function_keys::LOG_LEVEL.name, function_keys::SYSTEM_LOG_LEVEL.name] {
        if args.has_key(key) {
            errors.push(args.span_of(key), messages::log_level_without_json(key));
        }
    }
}

/// Reads the environment variables in `env(…)`, each with its key and its value.
fn read_env(args: &Args, errors: &mut Errors) -> Vec<(EnvKey, CfnValue)> {
    let mut env = Vec::new();
    for (key, value) in args.take_entries(function_keys::ENV.name, errors) {
        match EnvKey::try_from(key.text.as_str()) {
            Ok(name) => env.extend(read_env_value(value, errors).map(|value| (name, value))),
            Err(error) => errors.push(&key.span, error.to_string()),
        }
    }
    env
}

/// Reads the value of an environment variable. Reports a pseudo parameter of CloudFormation in a text, which stays as
/// it is written. Returns `None` after an error was recorded.
fn read_env_value(value: &ArgValue, errors: &mut Errors) -> Option<CfnValue> {
    let read = read_cfn_value(value, errors)?;
    if let Some(variable) = read.literal().and_then(find_variable_of_serverless) {
        errors.push(&value.span, messages::variable_of_serverless(variable));
        return None;
    }
    let pseudo = read.literal().and_then(sub_text::find_pseudo_parameter);
    if let Some(name) = pseudo {
        errors.push(&value.span, messages::pseudo_parameter_in_env(name));
        return None;
    }
    let reference = match &value.kind {
        ArgValueKind::Str(text) => find_reference(text).map(|name| (text, name)),
        _ => None,
    };
    if let Some((text, name)) = reference {
        errors.push(&value.span, messages::reference_in_env(text, name));
        return None;
    }
    Some(read)
}

/// Returns the first name in a text that looks like a reference of CloudFormation, such as `Stage` in `${Stage}`.
/// Returns `None` if the text has none.
fn find_reference(text: &str) -> Option<&str> {
    sub_text::placeholders(text).find(|name| {
        let mut parts = name.split('.');
        let id = parts.next().unwrap_or_default();
        let is_word =
            |part: &str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_alphanumeric());
        id.starts_with(|first: char| first.is_ascii_alphabetic())
            && is_word(id)
            && parts.all(is_word)
    })
}

/// Returns the first variable of the Serverless Framework in a text, such as `param:stage` in `${param:stage}`. Returns
/// `None` if the text has no such variable.
fn find_variable_of_serverless(text: &str) -> Option<&str> {
    const SOURCES: [&str; 8] = ["param", "self", "opt", "env", "ssm", "cf", "sls", "file"];
    let is_variable = |name: &&str| {
        name.split_once(':').is_some_and(|(source, rest)| {
            SOURCES.contains(&source) && !rest.is_empty() && !rest.starts_with(':')
        })
    };
    sub_text::placeholders(text).find(is_variable)
}

/// Reads the tags in `tags(…)`, each with its key and its value.
fn read_tags(args: &Args, errors: &mut Errors) -> Vec<(String, TagValue)> {
    let mut tags = Vec::new();
    let entries = args.take_entries(function_keys::TAGS.name, errors);
    if entries.len() > limits::TAGS {
        errors.push(&args.span, messages::too_many_tags(entries.len(), limits::TAGS));
    }
    for (key, value) in entries {
        let is_reserved = key.text.to_lowercase().starts_with(limits::TAG_RESERVED_PREFIX);
        if is_reserved || !limits::TAG_KEY_LEN.contains(&key.text.chars().count()) {
            let message = messages::invalid_tag_key(
                &key.text,
                &limits::TAG_KEY_LEN,
                limits::TAG_RESERVED_PREFIX,
            );
            errors.push(&key.span, message);
        }
        let read = read_tag_value(value, errors);
        let text = read.as_ref().and_then(TagValue::text).unwrap_or_default();
        let parts = [(key.text.as_str(), &key.span), (text, &value.span)];
        for (part, span) in parts {
            if let Some(invalid) = part.chars().find(|letter| !is_tag_character(*letter)) {
                errors.push(span, messages::invalid_tag_character(invalid));
            }
        }
        tags.extend(read.map(|value| (key.text.clone(), value)));
    }
    tags
}

/// Reads the value of a tag: a short text, or a function whose value CloudFormation knows. Returns `None` after an error
/// was recorded.
fn read_tag_value(value: &ArgValue, errors: &mut Errors) -> Option<TagValue> {
    if matches!(value.kind, ArgValueKind::Call(..)) {
        return Some(match read_cfn_value(value, errors)? {
            CfnValue::Literal(text) => TagValue::Text(text),
            deployed => TagValue::Deployed(deployed),
        });
    }
    let text = read_short_text(value, limits::TAG_VALUE_LEN, phrases::TAG_VALUE, errors)?;
    Some(TagValue::Text(text))
}

/// Returns whether AWS accepts a character in the key or the value of a tag.
fn is_tag_character(character: char) -> bool {
    character.is_alphanumeric() || character == ' ' || "_.:/=+-@".contains(character)
}

#[cfg(test)]
mod tests;
