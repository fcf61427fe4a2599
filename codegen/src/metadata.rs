//! Reads `[package.metadata.skylift]` of Cargo.toml, the settings of the whole application. It converts the TOML
//! table to the tree of keys and values from which attributes are read too. So a default has the syntax and the
//! checks of the same setting in `#[function]`.
//!
//! ```toml
//! [package.metadata.skylift]
//! memory = 256
//! timeout = "10s"
//! env = { LOG = "info" }
//!
//! overlay = "infra/extra.yaml"
//! stacks = "nested"
//!
//! [package.metadata.skylift.parameters.TableName]
//! description = "Where orders are kept"
//! default = "orders"
//!
//! [package.metadata.skylift.http]
//! cors = { origins = ["https://shop.example"] }
//! ```

pub(crate) mod environments;
mod outputs;
#[cfg(test)]
mod tests;

use std::ops::Range;

use skylift_model::aws::name::ParameterName;
use skylift_model::aws::node::Map;
use skylift_model::http::HttpSettings;
use skylift_model::problem::PlaceInItem;
use skylift_model::{FunctionSettings, Outputs, StackLayout, TemplateParameter};
use skylift_syntax::errors::Errors;
use skylift_syntax::function::settings::{SettingsScope, read_settings};
use skylift_syntax::function::{list_keys_of_one_function, read_default_properties};
use skylift_syntax::http::{self, read_http_settings};
use skylift_syntax::readers::{
    VALUE_FUNCTIONS, read_bool, read_list, read_non_empty_text, read_number, read_text, read_word,
};
use skylift_syntax::span::SourceSpan;
use skylift_syntax::tree::{ArgKey, ArgValue, ArgValueKind, Args, FamiliarWords};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use self::environments::Environment;
use crate::messages;
use crate::overlay::OverlayPath;

/// The name of the metadata's table in messages.
const TABLE_NAME: &str = "[package.metadata.skylift]";

/// The keys of the metadata whose values are tables: with keys that the user chooses, or with those of `vpc(…)`,
/// `alarms(…)` and `http`.
const MAP_KEYS: &[&str] = &["env", "tags", "parameters", "vpc", "alarms", HttpSettings::KEY];

/// The words for how functions are divided among stacks.
const STACK_LAYOUTS: &[(&str, StackLayout)] = &[(StackLayout::NESTED, StackLayout::Nested)];

/// Words of other tools in the place of a key of the metadata.
const WORDS: &[FamiliarWords] = &[
    (
        &["function", "functions", "defaults", "default", "globals", "settings"],
        "the settings of all functions are in `[package.metadata.skylift]` itself, and those of one function in its\n`#[function(…)]`",
    ),
    (
        &["resource", "resources", "bucket", "queue", "table", "topic"],
        "a resource is declared in the source: `#[resource(bucket)] struct Uploads;`",
    ),
    (&["environmentvariables", "envs", "variables", "vars"], "write `env = { NAME = \"value\" }`"),
    (
        &["environments", "stage", "stages"],
        "write the settings of an environment below `[package.metadata.skylift.environment.prod]`",
    ),
    (&["memorysize", "ram", "mem"], "write `memory = 512`, in MB"),
    (&["arch", "architectures", "cpu"], "write `architecture = \"arm64\"` or `\"x86_64\"`"),
    (&["parameter", "params", "param"], "write `[package.metadata.skylift.parameters.NAME]`"),
    (
        &["template", "overlays", "extra", "include"],
        "write `overlay = \"infra/extra.yaml\"`, or a list of paths",
    ),
    (&["nested", "nestedstacks", "substacks"], "write `stacks = \"nested\"`"),
    (
        &[
            "api",
            "httpapi",
            "cors",
            "authorizer",
            "authorizers",
            "domain",
            "stage",
            "throttle",
            "accesslogs",
        ],
        "the settings of the HTTP API are in a table of their own: `[package.metadata.skylift.http]`",
    ),
    (
        &["region", "stack", "stackname", "profile", "deploy", "bucketname", "s3bucket"],
        "the template does not depend on where it is deployed: give it to `sam deploy`",
    ),
    (
        &["runtime", "handler", "codeuri"],
        "the template sets it: every function runs the binary of this package on `provided.al2023`",
    ),
];

/// The settings that the metadata of a package contain.
#[derive(Debug, Default, Clone)]
pub(crate) struct PackageMetadata {
    /// The defaults of all functions of the package.
    pub(crate) defaults: FunctionSettings,
    /// The properties of all functions of the package, which those of one function replace.
    pub(crate) properties: Map,
    /// The environments that the metadata declare.
    pub(crate) environments: Vec<Environment>,
    /// The template parameters that the metadata declare.
    pub(crate) parameters: Vec<TemplateParameter>,
    /// The changes of the outputs of the template.
    pub(crate) outputs: Outputs,
    /// The paths of the user's own templates.
    pub(crate) overlays: Vec<OverlayPath>,
    /// Whether the build step writes no templates, because another tool deploys the functions.
    pub(crate) without_templates: bool,
    /// How the functions are divided among stacks.
    pub(crate) stacks: StackLayout,
    /// The settings of the HTTP API.
    pub(crate) http: HttpSettings,
}

/// Reads the table `[package.metadata.skylift]`; `span` is its place in Cargo.toml. The places of errors are byte
/// ranges of Cargo.toml.
pub(crate) fn read_metadata(
    table: &DeTable<'_>,
    span: Range<usize>,
    errors: &mut Errors,
) -> PackageMetadata {
    let (args, of_one_function) =
        convert_table(table, span.clone(), MAP_KEYS).split_off_keys(&list_keys_of_one_function());
    for key in of_one_function {
        errors.push(&key.span, messages::key_of_one_function(&key.text));
    }
    args.explain(WORDS);
    let metadata = args.read_all(TABLE_NAME, errors, |args, errors| {
        args.take(environments::KEY, |_, _| Some(()), errors);
        let overlays =
            args.take("overlay", |value, errors| Some(read_overlay_paths(value, errors)), errors);
        let without_templates = args.take("templates", read_bool, errors) == Some(false);
        if without_templates && overlays.is_some() {
            errors.push(args.span_of("overlay"), messages::overlay_without_templates());
        }
        PackageMetadata {
            defaults: read_settings(args, SettingsScope::Defaults, errors),
            properties: read_default_properties(args, errors),
            environments: Vec::new(),
            parameters: args.take_nested("parameters", read_parameters, errors).unwrap_or_default(),
            outputs: args.take("outputs", outputs::read_outputs, errors).unwrap_or_default(),
            overlays: overlays.unwrap_or_default(),
            without_templates,
            stacks: args
                .take(
                    "stacks",
                    |value, errors| read_word(value, messages::STACK_LAYOUT, STACK_LAYOUTS, errors),
                    errors,
                )
                .unwrap_or_default(),
            http: args
                .take_nested(HttpSettings::KEY, read_http_settings, errors)
                .unwrap_or_default(),
        }
    });
    let environments =
        environments::read_environments(table, convert_table(table, span, MAP_KEYS), errors);
    if metadata.without_templates && !environments.is_empty() {
        errors.push(args.span_of(environments::KEY), messages::environments_without_templates());
    }
    if errors.is_empty() {
        for environment in &environments {
            environment.check_defaults(errors);
        }
    }
    PackageMetadata { environments, ..metadata }
}

/// Returns the place in Cargo.toml of a default that has a problem: of the key, of the variable in `env`, or of the
/// declared parameter. Returns `None` if the table does not contain it.
pub(crate) fn find_default(table: &DeTable<'_>, at: &PlaceInItem) -> Option<Range<usize>> {
    match at {
        PlaceInItem::Key(path) => match path.split_once('.') {
            Some((key, rest)) => {
                let inner = table.get_key_value(key)?;
                let entry = inner.1.get_ref().as_table().and_then(|it| {
                    let at = PlaceInItem::key(rest);
                    it.get_key_value(rest)
                        .map(|(key, _)| key.span())
                        .or_else(|| find_default(it, &at))
                });
                Some(entry.unwrap_or_else(|| inner.0.span()))
            }
            None => table.get_key_value(path.as_str()).map(|(key, _)| key.span()),
        },
        PlaceInItem::Env(variable) => {
            let env = table.get("env")?.get_ref().as_table()?;
            env.get_key_value(variable.as_str()).map(|(key, _)| key.span())
        }
        PlaceInItem::Property(parameter) => {
            let parameters = table.get("parameters")?.get_ref().as_table()?;
            parameters.get_key_value(parameter.as_str()).map(|(key, _)| key.span())
        }
        _ => None,
    }
}

/// Reads metadata without errors.
#[cfg(test)]
pub(crate) fn read_for_test(text: &str) -> PackageMetadata {
    let (Ok(table), mut errors) = (DeTable::parse(text), Errors::new()) else { panic!("{text}") };
    let metadata = read_metadata(table.get_ref(), 0..text.len(), &mut errors);
    let errors = errors.into_diagnostics();
    assert!(errors.is_empty(), "{text}: {errors:?}");
    metadata
}

/// Reads the value of `overlay`: a path or a list of paths.
fn read_overlay_paths(value: &ArgValue, errors: &mut Errors) -> Vec<OverlayPath> {
    let path = |value: &ArgValue| {
        let path = read_non_empty_text(value, errors)?;
        Some(OverlayPath { path, place: value.span.clone() })
    };
    read_list(value).iter().filter_map(path).collect()
}

/// Reads the declared template parameters: a map from names to tables.
fn read_parameters(args: &Args, errors: &mut Errors) -> Vec<TemplateParameter> {
    let mut parameters = Vec::new();
    for (key, value) in args.take_entries("parameters", errors) {
        let name = match ParameterName::try_from(key.text.as_str()) {
            Ok(name) => name,
            Err(error) => {
                errors.push(&key.span, error.to_string());
                continue;
            }
        };
        let ArgValueKind::Map(entries) = &value.kind else {
            errors.push(&value.span, messages::parameter_not_a_table(&name));
            continue;
        };
        let mut inner = Args::empty(value.span.clone());
        for (key, value) in entries {
            inner.push(Some(key.clone()), value.clone());
        }
        let what = format!("parameters.{name}");
        parameters
            .push(inner.read_all(&what, errors, |args, errors| read_parameter(name, args, errors)));
    }
    parameters
}

/// Reads the table of one declared template parameter, and checks that its default is allowed.
fn read_parameter(name: ParameterName, args: &Args, errors: &mut Errors) -> TemplateParameter {
    let mut text = |key| args.take(key, read_text, errors).map(str::to_owned);
    let (description, default) = (text("description"), text("default"));
    let texts = |value: &ArgValue, errors: &mut Errors| {
        let texts = read_list(value).iter().filter_map(|item| read_text(item, errors));
        Some(texts.map(str::to_owned).collect::<Vec<_>>())
    };
    let allowed = args.take("allowed", texts, errors).unwrap_or_default();
    let no_echo = args.take("no_echo", read_bool, errors).unwrap_or(false);
    let number = |value: &ArgValue, errors: &mut Errors| {
        read_number::<u64>(value, errors).map(|number| u32::try_from(number).unwrap_or(u32::MAX))
    };
    let (min, max) = (args.take("min", number, errors), args.take("max", number, errors));
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        errors.push(args.span_of("max"), messages::greatest_below_least(min, max));
    }
    if let Some(default) = &default
        && !allowed.is_empty()
        && !allowed.contains(default)
    {
        errors.push(args.span_of("default"), messages::default_not_allowed(default));
    }
    TemplateParameter { name, description, default, allowed, no_echo, min, max, content: None }
}

/// Converts a TOML table to the arguments of an attribute; `span` is the table's place in Cargo.toml, and `tables` are the
/// keys whose values are tables of arguments.
fn convert_table(table: &DeTable<'_>, span: Range<usize>, tables: &[&str]) -> Args {
    let mut args = Args::empty(SourceSpan::Bytes(span));
    for (key, value) in entries_in_order(table) {
        let name = ArgKey { text: key.get_ref().to_string(), span: SourceSpan::Bytes(key.span()) };
        match value.get_ref() {
            DeValue::Table(inner) if tables.contains(&name.text.as_str()) => {
                let span = SourceSpan::Bytes(value.span());
                let is_http = name.text == HttpSettings::KEY || tables == http::TABLES;
                // In other tables, the user chooses the names.
                let tables = if is_http { http::TABLES } else { &[] };
                let inner = convert_table(inner, value.span(), tables);
                args.push(None, ArgValue { kind: ArgValueKind::Call(name, inner), span });
            }
            _ => args.push(Some(name), convert_value(value)),
        }
    }
    args
}

/// Converts a TOML value to a value of an attribute's argument.
fn convert_value(value: &Spanned<DeValue<'_>>) -> ArgValue {
    let span = SourceSpan::Bytes(value.span());
    let kind = match value.get_ref() {
        DeValue::String(text) => ArgValueKind::Str(text.to_string()),
        DeValue::Integer(number) => i128::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| ArgValueKind::Other(number.to_string()), ArgValueKind::Int),
        DeValue::Float(number) => number
            .as_str()
            .parse()
            .map_or_else(|_| ArgValueKind::Other(number.as_str().to_owned()), ArgValueKind::Float),
        DeValue::Boolean(truth) => ArgValueKind::Bool(*truth),
        DeValue::Datetime(time) => ArgValueKind::Other(time.to_string()),
        DeValue::Array(items) => ArgValueKind::List(items.iter().map(convert_value).collect()),
        // TOML has no `param("Name")`: a manifest has `{ param = "Name" }` instead.
        DeValue::Table(table) => match single_call(table) {
            Some((name, inner)) => {
                let mut args = Args::empty(span.clone());
                match convert_value(inner) {
                    // Several arguments are a list: `overlay("Db", "Arn")` is `{ overlay = ["Db", "Arn"] }`.
                    ArgValue { kind: ArgValueKind::List(items), .. } => {
                        for item in items {
                            args.push(None, item);
                        }
                    }
                    value => args.push(None, value),
                }
                ArgValueKind::Call(name, args)
            }
            None => ArgValueKind::Map(
                entries_in_order(table)
                    .into_iter()
                    .map(|(key, inner)| {
                        let key = ArgKey {
                            text: key.get_ref().to_string(),
                            span: SourceSpan::Bytes(key.span()),
                        };
                        (key, convert_value(inner))
                    })
                    .collect(),
            ),
        },
    };
    ArgValue { kind, span }
}

/// Returns the only entry of a table such as `{ param = "Name" }`, which means the same as the call `param("Name")` in
/// an attribute. Returns `None` if the table is not such a call.
fn single_call<'t, 's>(table: &'t DeTable<'s>) -> Option<(ArgKey, &'t Spanned<DeValue<'s>>)> {
    let mut entries = table.iter();
    let (key, inner) = entries.next()?;
    let name = key.get_ref().to_string();
    let call = entries.next().is_none() && VALUE_FUNCTIONS.contains(&name.as_str());
    call.then(|| (ArgKey { text: name, span: SourceSpan::Bytes(key.span()) }, inner))
}

/// An entry of a TOML table: a key and a value, both with their places.
type Entry<'t, 's> = (&'t Spanned<std::borrow::Cow<'s, str>>, &'t Spanned<DeValue<'s>>);

/// Returns the entries of a TOML table in the order of the file. The table itself sorts them by key.
fn entries_in_order<'t, 's>(table: &'t DeTable<'s>) -> Vec<Entry<'t, 's>> {
    let mut entries: Vec<Entry<'t, 's>> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}
