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
//!
//! [package.metadata.skylift.parameters.TableName]
//! description = "Where orders are kept"
//! default = "orders"
//! ```

mod outputs;

use std::ops::Range;

use skylift_model::aws::name::ParameterName;
use skylift_model::aws::node::Map;
use skylift_model::problem::PlaceInItem;
use skylift_model::{FunctionSettings, Outputs, TemplateParameter};
use skylift_syntax::errors::Errors;
use skylift_syntax::function::settings::{SettingsScope, read_settings};
use skylift_syntax::function::{list_keys_of_one_function, read_default_properties};
use skylift_syntax::readers::{
    VALUE_FUNCTIONS, read_bool, read_list, read_non_empty_text, read_number, read_text,
};
use skylift_syntax::span::SourceSpan;
use skylift_syntax::tree::{ArgKey, ArgValue, ArgValueKind, Args, FamiliarWords};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::messages;
use crate::overlay::OverlayPath;

/// The name of the metadata's table in messages.
const TABLE_NAME: &str = "[package.metadata.skylift]";

/// The keys of the metadata whose values are tables: with keys that the user chooses, or with those of `vpc(…)` and
/// `alarms(…)`.
const MAP_KEYS: &[&str] = &["env", "tags", "parameters", "vpc", "alarms"];

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
    (
        &["environment", "environmentvariables", "envs", "variables", "vars"],
        "write `env = { NAME = \"value\" }`",
    ),
    (&["memorysize", "ram", "mem"], "write `memory = 512`, in MB"),
    (&["arch", "architectures", "cpu"], "write `architecture = \"arm64\"` or `\"x86_64\"`"),
    (&["parameter", "params", "param"], "write `[package.metadata.skylift.parameters.NAME]`"),
    (
        &["template", "overlays", "extra", "include"],
        "write `overlay = \"infra/extra.yaml\"`, or a list of paths",
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
#[derive(Debug, Default)]
pub(crate) struct PackageMetadata {
    /// The defaults of all functions of the package.
    pub(crate) defaults: FunctionSettings,
    /// The properties of all functions of the package, which those of one function replace.
    pub(crate) properties: Map,
    /// The template parameters that the metadata declare.
    pub(crate) parameters: Vec<TemplateParameter>,
    /// The changes of the outputs of the template.
    pub(crate) outputs: Outputs,
    /// The paths of the user's own templates.
    pub(crate) overlays: Vec<OverlayPath>,
    /// Whether the build step writes no templates, because another tool deploys the functions.
    pub(crate) without_templates: bool,
}

/// Reads the table `[package.metadata.skylift]`; `span` is its place in Cargo.toml. The places of errors are byte
/// ranges of Cargo.toml.
pub(crate) fn read_metadata(
    table: &DeTable<'_>,
    span: Range<usize>,
    errors: &mut Errors,
) -> PackageMetadata {
    let (args, of_one_function) =
        convert_table(table, span).split_off_keys(&list_keys_of_one_function());
    for key in of_one_function {
        errors.push(&key.span, messages::key_of_one_function(&key.text));
    }
    args.explain(WORDS);
    args.read_all(TABLE_NAME, errors, |args, errors| {
        let overlays =
            args.take("overlay", |value, errors| Some(read_overlay_paths(value, errors)), errors);
        let without_templates = args.take("templates", read_bool, errors) == Some(false);
        if without_templates && overlays.is_some() {
            errors.push(args.span_of("overlay"), messages::overlay_without_templates());
        }
        PackageMetadata {
            defaults: read_settings(args, SettingsScope::Defaults, errors),
            properties: read_default_properties(args, errors),
            parameters: args.take_nested("parameters", read_parameters, errors).unwrap_or_default(),
            outputs: args.take("outputs", outputs::read_outputs, errors).unwrap_or_default(),
            overlays: overlays.unwrap_or_default(),
            without_templates,
        }
    })
}

/// Returns the place in Cargo.toml of a default that has a problem: of the key, of the variable in `env`, or of the
/// declared parameter. Returns `None` if the table does not contain it.
pub(crate) fn find_default(table: &DeTable<'_>, at: &PlaceInItem) -> Option<Range<usize>> {
    match at {
        PlaceInItem::Key(path) => match path.split_once('.') {
            Some((key, rest)) => {
                let inner = table.get_key_value(key)?;
                let entry = inner.1.get_ref().as_table().and_then(|it| it.get_key_value(rest));
                Some(entry.map_or(inner.0.span(), |(key, _)| key.span()))
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

/// Converts a TOML table to the arguments of an attribute; `span` is the table's place in Cargo.toml.
fn convert_table(table: &DeTable<'_>, span: Range<usize>) -> Args {
    let mut args = Args::empty(SourceSpan::Bytes(span));
    for (key, value) in entries_in_order(table) {
        let name = ArgKey { text: key.get_ref().to_string(), span: SourceSpan::Bytes(key.span()) };
        match value.get_ref() {
            DeValue::Table(inner) if MAP_KEYS.contains(&name.text.as_str()) => {
                let span = SourceSpan::Bytes(value.span());
                let inner = convert_table(inner, value.span());
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use skylift_model::aws::function_keys;

    use super::*;

    const TABLE: &str = r#"
memory = 256
timeout = "10s"
architecture = "arm64"
env = { LOG = "info", TABLE = { param = "TableName" }, KEY = { ssm = "/a" }, HOST = { overlay = ["Db", "Endpoint.Address"] }, URL = { sub = "a/${AWS::Region}" } }
tags = { team = "media" }
log_retention = 14
cold_start_metric = true
overlay = ["infra/extra.yaml", "infra/more.json"]
parameters = { TableName = { default = "orders", allowed = ["orders", "jobs"], no_echo = false } }
"#;

    /// Returns the errors in a table, each with the text at its place; `None` if the text is not TOML.
    fn find_errors(text: &str) -> Option<Vec<(String, String)>> {
        let table = DeTable::parse(text).ok()?.into_inner();
        let mut errors = Errors::new();
        let _ = read_metadata(&table, 0..text.len(), &mut errors);
        let at = |place: &SourceSpan| match place {
            SourceSpan::Bytes(range) => text[range.clone()].to_owned(),
            SourceSpan::Tokens { .. } => String::new(),
        };
        Some(
            errors
                .into_diagnostics()
                .into_iter()
                .map(|it| (at(&it.span), it.message.text))
                .collect(),
        )
    }

    #[test]
    fn settings_and_parameters_have_the_syntax_of_attributes() {
        assert_eq!(find_errors(TABLE), Some(Vec::new()));
        let table = DeTable::parse(TABLE).unwrap().into_inner();
        let mut errors = Errors::new();
        let metadata = read_metadata(&table, 0..TABLE.len(), &mut errors);
        assert!(errors.into_diagnostics().is_empty());
        assert_eq!(metadata.defaults.memory.map(|memory| memory.get()), Some(256));
        assert_eq!(metadata.defaults.env.len(), 5);
        assert_eq!(metadata.defaults.cold_start_metric, Some(true));
        assert_eq!(metadata.parameters[0].allowed, ["orders", "jobs"]);
        let paths: Vec<&str> = metadata.overlays.iter().map(|it| it.path.as_str()).collect();
        assert_eq!(paths, ["infra/extra.yaml", "infra/more.json"]);
    }

    #[test]
    fn an_overlay_needs_templates() {
        let found = find_errors("templates = false\noverlay = \"a.yaml\"").unwrap();
        let [(place, message)] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(place, "\"a.yaml\"");
        assert_eq!(message, "an overlay has no effect with `templates = false`");
        for right in ["templates = false", "templates = true\noverlay = \"a.yaml\""] {
            assert_eq!(find_errors(right), Some(Vec::new()), "{right}");
        }
    }

    #[test]
    fn an_error_points_at_its_bytes() {
        for (text, place) in [
            ("templates = \"no\"", "\"no\""),
            ("memory = 64", "64"),
            ("memory = 1979-05-27", "1979-05-27"),
            ("tmeout = \"3s\"", "tmeout"),
            ("timeout = 3", "3"),
            ("env = { AWS_REGION = \"x\" }", "AWS_REGION"),
            ("provisioned_concurrency = 1", "provisioned_concurrency"),
            ("parameters = { \"a b\" = {} }", "\"a b\""),
            ("overlay = 3", "3"),
            ("overlay = [\"\"]", "\"\""),
            ("overlays = \"a.yaml\"", "overlays"),
            ("outputs = 3", "3"),
            ("outputs = { JobsUrl = 3 }", "3"),
            ("outputs = { JobsUrl = \"a-b\" }", "a-b"),
            ("outputs = { JobsUrl = { nme = \"A\" } }", "nme"),
            ("outputs = { JobsUrl = { export = \"a b\" } }", "a b"),
            ("outputs = { JobsUrl = { export = { param = \"A\" } } }", "{ param = \"A\" }"),
        ] {
            let found = find_errors(text).unwrap();
            assert_eq!(found.len(), 1, "{text}: {found:?}");
            assert_eq!(found[0].0.trim_matches('"'), place.trim_matches('"'), "{text}");
        }
    }

    #[test]
    fn what_is_no_default_has_its_reason_and_its_place() {
        for (text, message, help) in [
            (
                "reserved_concurrency = 3",
                "`reserved_concurrency` belongs to one function, and is no default",
                "each function would reserve that many executions: set it in the `#[function(…)]` that needs it",
            ),
            (
                "provisioned_concurrency = 1",
                "`provisioned_concurrency` belongs to one function, and is no default",
                "every function would cost money all the time: set it in the `#[function(…)]` that needs it",
            ),
            (
                "policy = \"AmazonS3ReadOnlyAccess\"",
                "`policy` belongs to one function, and is no default",
                "a function has the permissions that it needs, and no others: set it in the `#[function(…)]` that needs it",
            ),
            (
                "schedule = \"rate(1 day)\"",
                "`schedule` belongs to one function, and is no default",
                "set it in the `#[function(…)]` that needs it",
            ),
            (
                "name = \"a\"",
                "`name` belongs to one function, and is no default",
                "set it in the `#[function(…)]` that needs it",
            ),
            (
                "env = [\"LOG=1\"]",
                "`env` takes a table, found a list",
                "write `env = { NAME = \"value\" }`",
            ),
            (
                "tags = \"team=media\"",
                "`tags` takes a table, found a string",
                "write `tags = { NAME = \"value\" }`",
            ),
            (
                "[function]\nmemory = 3",
                "unknown key `function` in `[package.metadata.skylift]`",
                "the settings of all functions are in `[package.metadata.skylift]` itself, and those of one function in its\n`#[function(…)]`",
            ),
            (
                "[functions.work]\nmemory = 3",
                "unknown key `functions` in `[package.metadata.skylift]`",
                "the settings of all functions are in `[package.metadata.skylift]` itself, and those of one function in its\n`#[function(…)]`",
            ),
        ] {
            let table = DeTable::parse(text).unwrap().into_inner();
            let mut errors = Errors::new();
            let _ = read_metadata(&table, 0..text.len(), &mut errors);
            let errors = errors.into_diagnostics();
            let [error] = errors.as_slice() else { panic!("{text}: {errors:?}") };
            assert_eq!(error.message.text, message, "{text}");
            assert_eq!(error.message.help.as_deref(), Some(help), "{text}");
        }
    }

    /// Each key is either a default or belongs to one function.
    #[test]
    fn no_key_of_a_function_is_unknown_here() {
        for key in function_keys::ALL {
            let found = find_errors(&format!("{} = \"\"", key.name)).unwrap();
            assert!(found.iter().all(|(_, text)| !text.starts_with("unknown key")), "{}", key.name);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn mutated_metadata_does_not_panic(
            changes in prop::collection::vec(
                (any::<prop::sample::Index>(), 0_usize..8, "[\\[\\]{}=\",.#a-z0-9\n -]{0,6}"),
                0..6,
            ),
        ) {
            let mut letters: Vec<char> = TABLE.chars().collect();
            for (at, length, piece) in changes {
                let start = at.index(letters.len() + 1);
                let end = (start + length).min(letters.len());
                letters.splice(start..end, piece.chars());
            }
            let _ = find_errors(&letters.into_iter().collect::<String>());
        }
    }
}
