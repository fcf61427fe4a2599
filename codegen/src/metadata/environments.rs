//! Reads the tables `environment.NAME` of `[package.metadata.skylift]`: the settings that have another value in one
//! environment, of all functions and of single ones.
//!
//! ```toml
//! [package.metadata.skylift.environment.prod]
//! memory = 1024
//! env = { LOG = "warn" }
//!
//! [package.metadata.skylift.environment.prod.functions.thumbnail]
//! timeout = "2m"
//! ```

use std::ops::Range;
use std::rc::Rc;

use skylift_model::aws::function_keys;
use skylift_model::aws::name::EnvironmentName;
use skylift_model::http::HttpSettings;
use skylift_model::message::Message;
use skylift_model::problem::PlaceInItem;
use skylift_model::{App, Function, FunctionSettings, environment};
use skylift_syntax::errors::{Diagnostic, Errors};
use skylift_syntax::function::overrides::check_override_keys;
use skylift_syntax::function::settings::{SettingsScope, read_settings};
use skylift_syntax::span::SourceSpan;
use skylift_syntax::tree::{ArgKey, ArgValue, ArgValueKind, Args};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{MAP_KEYS, convert_value, entries_in_order, single_call};
use crate::lower::text::camel_case;
use crate::messages;

/// The key of the metadata with the environments.
pub(super) const KEY: &str = "environment";

/// The key of an environment with the settings of single functions.
const FUNCTIONS: &str = "functions";

/// The keys of the metadata that belong to no function, and that are the same in every environment.
const FIXED: [&str; 7] =
    ["overlay", "templates", "stacks", "parameters", "outputs", HttpSettings::KEY, KEY];

/// An environment that Cargo.toml declares: the settings that differ from those of the package.
#[derive(Debug, Clone)]
pub(crate) struct Environment {
    pub(crate) name: EnvironmentName,
    /// The span of the environment's name in Cargo.toml.
    pub(crate) span: SourceSpan,
    /// The settings of the package, which hold where the environment has no other ones.
    base: Rc<Args>,
    /// The settings of all functions.
    settings: Args,
    /// The settings of single functions, by the key of each.
    pub(crate) functions: Vec<(ArgKey, Args)>,
}

impl Environment {
    /// Returns the settings of all functions in this environment.
    pub(crate) fn defaults(&self) -> FunctionSettings {
        self.read_defaults(&mut Errors::ignored())
    }

    /// Reports the errors in the settings of all functions. One at a place outside the environment names it.
    pub(super) fn check_defaults(&self, errors: &mut Errors) {
        let mut found = Errors::new();
        self.read_defaults(&mut found);
        for Diagnostic { span, message } in found.into_diagnostics() {
            errors.push(&span, self.name_if_outside(&span, message));
        }
    }

    /// Adds the name of the environment to a message, unless its place is in the settings of the environment.
    pub(crate) fn name_if_outside(&self, span: &SourceSpan, message: Message) -> Message {
        let functions = self.functions.iter().map(|(_, settings)| settings);
        if functions.chain([&self.settings]).any(|settings| settings.has_place(span)) {
            return message;
        }
        messages::in_environment(&message, self.name.as_str())
    }

    fn read_defaults(&self, errors: &mut Errors) -> FunctionSettings {
        read_settings(&self.base.override_with(&self.settings), SettingsScope::Defaults, errors)
    }

    /// Returns the settings of the function with this path in its crate, after [`Self::resolve_functions`].
    pub(crate) fn settings_of(&self, handler: &str) -> Option<&Args> {
        self.functions.iter().find(|(key, _)| key.text == handler).map(|(_, settings)| settings)
    }

    /// Returns the environment with the path of a function as the key of its settings. Reports keys that name no function
    /// of the application, or several.
    pub(crate) fn resolve_functions(
        &self,
        app: &App,
        errors: &mut Vec<(SourceSpan, Message)>,
    ) -> Self {
        let mut resolved = Self { functions: Vec::new(), ..self.clone() };
        for (key, settings) in &self.functions {
            let handlers = app.functions.iter().map(|function| function.handler.as_str());
            let exact = handlers.clone().find(|handler| *handler == key.text);
            let named: Vec<&str> = match exact {
                Some(exact) => vec![exact],
                None => handlers.filter(|it| it.rsplit("::").next() == Some(&key.text)).collect(),
            };
            match named.as_slice() {
                [handler] => {
                    let key = ArgKey { text: (*handler).to_owned(), span: key.span.clone() };
                    resolved.functions.push((key, settings.clone()));
                }
                [] => {
                    let known = app.functions.iter().map(Function::ident);
                    let name = self.name.as_str();
                    let message = messages::unknown_function_of_environment(&key.text, name, known);
                    errors.push((key.span.clone(), message));
                }
                several => {
                    let message = messages::ambiguous_function_of_environment(&key.text, several);
                    errors.push((key.span.clone(), message));
                }
            }
        }
        resolved
    }

    /// Returns the place of a setting in this environment: of the function with this path or of all functions. Returns
    /// `None` if the environment does not set it.
    pub(crate) fn locate(&self, handler: Option<&str>, at: &PlaceInItem) -> Option<&SourceSpan> {
        let own = handler.and_then(|handler| self.settings_of(handler));
        own.and_then(|settings| locate_in(settings, at)).or_else(|| locate_in(&self.settings, at))
    }

    /// Returns an environment for each setting of this one, which has this setting alone, with the setting's key.
    pub(crate) fn split_settings(&self) -> Vec<(ArgKey, Self)> {
        let nothing = || Args::empty(self.span.clone());
        let mut single: Vec<(ArgKey, Self)> = Vec::new();
        for (key, settings) in split_keys(&self.settings) {
            single.push((key, Self { settings, functions: Vec::new(), ..self.clone() }));
        }
        for (function, settings) in &self.functions {
            for (key, settings) in split_keys(settings) {
                let functions = vec![(function.clone(), settings)];
                single.push((key, Self { settings: nothing(), functions, ..self.clone() }));
            }
        }
        single
    }
}

/// Returns arguments with each key alone.
fn split_keys(settings: &Args) -> Vec<(ArgKey, Args)> {
    let keys: Vec<&ArgKey> = settings.names().collect();
    let alone = |key: &ArgKey| {
        let others: Vec<&str> =
            keys.iter().map(|it| it.text.as_str()).filter(|it| *it != key.text).collect();
        settings.split_off_keys(&others).0
    };
    keys.iter().map(|key| ((*key).clone(), alone(key))).collect()
}

/// Returns the span of the value that sets this place of an item.
fn locate_in<'a>(settings: &'a Args, at: &PlaceInItem) -> Option<&'a SourceSpan> {
    match at {
        PlaceInItem::Key(path) => {
            let (key, rest) = path.split_once('.').unwrap_or((path, ""));
            Some(settings.locate(key)?.key_or_self(rest).span())
        }
        PlaceInItem::Env(name) => {
            Some(settings.locate(function_keys::ENV.name)?.find_key(name)?.span())
        }
        _ => None,
    }
}

/// Reads the environments in the metadata `table` of the package. `base` are the arguments of the whole metadata; `None`
/// if they have errors, so that settings are not read.
pub(super) fn read_environments(
    table: &DeTable<'_>,
    base: Args,
    errors: &mut Errors,
) -> Vec<Environment> {
    let Some((key, value)) = table.get_key_value(KEY) else { return Vec::new() };
    let DeValue::Table(entries) = value.get_ref() else {
        errors.push(&SourceSpan::Bytes(value.span()), messages::environments_not_a_table());
        return Vec::new();
    };
    if entries.is_empty() {
        errors.push(&SourceSpan::Bytes(key.span()), messages::environments_not_a_table());
    }
    let base = Rc::new(base);
    let mut environments: Vec<Environment> = Vec::new();
    for (key, value) in entries_in_order(entries) {
        let read = read_environment(key, value, &base, errors);
        let Some(environment) = read else { continue };
        let condition = camel_case(environment.name.as_str());
        let same = environments.iter().find(|it| camel_case(it.name.as_str()) == condition);
        if let Some(other) = same {
            let message = messages::environments_with_one_condition(
                environment.name.as_str(),
                other.name.as_str(),
            );
            errors.push(&environment.span, message);
        }
        environments.push(environment);
    }
    environments
}

/// Reads one environment. Returns `None` after an error was recorded.
fn read_environment(
    key: &Spanned<std::borrow::Cow<'_, str>>,
    value: &Spanned<DeValue<'_>>,
    base: &Rc<Args>,
    errors: &mut Errors,
) -> Option<Environment> {
    let span = SourceSpan::Bytes(key.span());
    let name = match EnvironmentName::try_from(key.get_ref().as_ref()) {
        Ok(name) => name,
        Err(error) => {
            errors.push(&span, error.to_string());
            return None;
        }
    };
    if name.as_str() == environment::DEFAULT {
        errors.push(&span, messages::default_environment(environment::DEFAULT));
        return None;
    }
    let DeValue::Table(table) = value.get_ref() else {
        let message = messages::environment_not_a_table(name.as_str());
        errors.push(&SourceSpan::Bytes(value.span()), message);
        return None;
    };
    let owner = format!("[package.metadata.skylift.environment.{name}]");
    let (settings, _) = convert_settings(table, value.span()).split_off_keys(&[FUNCTIONS]);
    check_override_keys(&settings, SettingsScope::Defaults, &owner, &FIXED, errors);
    let functions = table.get(FUNCTIONS).map(|functions| read_functions(functions, &name, errors));
    let functions = functions.unwrap_or_default();
    Some(Environment { name, span, base: Rc::clone(base), settings, functions })
}

/// Reads the settings of single functions: a table for each.
fn read_functions(
    value: &Spanned<DeValue<'_>>,
    environment: &EnvironmentName,
    errors: &mut Errors,
) -> Vec<(ArgKey, Args)> {
    let DeValue::Table(table) = value.get_ref() else {
        let message = messages::environment_functions_not_a_table(environment.as_str());
        errors.push(&SourceSpan::Bytes(value.span()), message);
        return Vec::new();
    };
    let mut functions = Vec::new();
    for (key, value) in entries_in_order(table) {
        let DeValue::Table(table) = value.get_ref() else {
            let message = messages::environment_functions_not_a_table(environment.as_str());
            errors.push(&SourceSpan::Bytes(value.span()), message);
            continue;
        };
        let settings = convert_settings(table, value.span());
        let owner = format!("environment.{environment}.functions.{}", key.get_ref());
        check_override_keys(&settings, SettingsScope::Function, &owner, &FIXED, errors);
        functions.push((to_key(key), settings));
    }
    functions
}

/// Converts the settings in a TOML table to the arguments of an attribute: a table is a value such as `env(…)`.
fn convert_settings(table: &DeTable<'_>, span: Range<usize>) -> Args {
    let mut args = Args::empty(SourceSpan::Bytes(span));
    for (key, value) in entries_in_order(table) {
        let name = to_key(key);
        match value.get_ref() {
            DeValue::Table(inner)
                if MAP_KEYS.contains(&name.text.as_str()) || single_call(inner).is_none() =>
            {
                let inner = convert_settings(inner, value.span());
                let span = SourceSpan::Bytes(value.span());
                args.push(None, ArgValue { kind: ArgValueKind::Call(name, inner), span });
            }
            _ => args.push(Some(name), convert_value(value)),
        }
    }
    args
}

/// Converts a key of TOML to one of an attribute.
fn to_key(key: &Spanned<std::borrow::Cow<'_, str>>) -> ArgKey {
    ArgKey { text: key.get_ref().to_string(), span: SourceSpan::Bytes(key.span()) }
}
