//! Reads one definition, JSON or YAML, and checks it.

use std::path::Path;

use skylift_model::SourceLocation;
use skylift_model::aws::states::{CheckedDefinition, DEFINITION_BYTES, check_definition};
use skylift_model::aws::value::has_dynamic_reference;
use skylift_model::message::Message;
use skylift_model::resource::state_machine::Definition;

use crate::json;
use crate::messages;
use crate::overlay::error::OverlayErrors;
use crate::overlay::parse::parse_yaml_with_nulls;
use crate::overlay::tree::{Position, YamlNode, YamlValue};
use crate::regular_file::read_regular_file;

/// What was read from a definition.
#[derive(Debug, Default)]
pub(super) struct ReadDefinition {
    /// The definition. `None` if its file has mistakes.
    pub(super) definition: Option<Definition>,
    pub(super) problems: Vec<Message>,
    /// The names in the definition, each with whether it is that of a function that a state calls, and its place.
    pub(super) names: Vec<(String, bool, SourceLocation)>,
}

/// Reads and checks the definition in a file; `path` is its path relative to the package. `express` tells whether it is
/// that of an express workflow.
pub(super) fn read_definition(file: &Path, path: &str, express: bool) -> ReadDefinition {
    let with_problem =
        |message| ReadDefinition { problems: vec![message], ..ReadDefinition::default() };
    let bytes = match read_regular_file(file) {
        Ok(bytes) => bytes,
        Err(cause) => return with_problem(messages::definition_unreadable(path, &cause)),
    };
    let Ok(text) = String::from_utf8(bytes) else {
        return with_problem(messages::definition_not_utf8(path));
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if text.trim().is_empty() {
        return with_problem(messages::definition_empty(path));
    }
    // JSON may be indented with tabs, and has none elsewhere.
    let is_json = text.trim_start().starts_with('{');
    let text = if is_json { text.replace('\t', " ") } else { text.to_owned() };
    let mut errors = OverlayErrors::default();
    errors.set_file(path);
    let yaml = parse_yaml_with_nulls(&text, &mut errors);
    if let Some(yaml) = &yaml {
        report_functions(yaml, &mut errors);
    }
    if errors.len() > 0 {
        let errors = errors.into_vec();
        let problems =
            errors.iter().map(|it| messages::in_definition(&it.origin, &it.message)).collect();
        return ReadDefinition { problems, ..ReadDefinition::default() };
    }
    yaml.map(|yaml| check(yaml, path, express)).unwrap_or_default()
}

/// Checks a definition without mistakes in its YAML.
fn check(yaml: YamlNode, path: &str, express: bool) -> ReadDefinition {
    let locate =
        |at: Position| SourceLocation { file: path.to_owned(), line: at.line, column: at.column };
    let CheckedDefinition { problems, functions, names } = check_definition(&yaml, express);
    let called = |name: &str, at: Position| {
        functions.iter().any(|(place, function)| function == name && *place == at)
    };
    let located = names.into_iter().map(|(at, name)| {
        let is_called = called(&name, at);
        (name, is_called, locate(at))
    });
    let located: Vec<(String, bool, SourceLocation)> = located.collect();
    let mut problems: Vec<Message> = problems
        .iter()
        .map(|(at, message)| messages::in_definition(&locate(*at), message))
        .collect();
    let json = json::to_pretty_json(&yaml.into_node());
    if json.len() > DEFINITION_BYTES {
        problems.push(messages::definition_too_large(path, json.len(), DEFINITION_BYTES));
    }
    if has_dynamic_reference(&json) {
        problems.push(messages::dynamic_reference_in_definition(path));
    }
    let distinct = |only_called: bool| {
        let mut distinct: Vec<String> = Vec::new();
        for (name, is_called, _) in &located {
            if (*is_called || !only_called) && !distinct.contains(name) {
                distinct.push(name.clone());
            }
        }
        distinct
    };
    let definition = Definition { json, functions: distinct(true), names: distinct(false) };
    let definition = problems.is_empty().then_some(definition);
    ReadDefinition { definition, problems, names: located }
}

/// Reports the intrinsic functions of CloudFormation in a definition, which nothing would replace.
fn report_functions(yaml: &YamlNode, errors: &mut OverlayErrors) {
    match &yaml.value {
        YamlValue::Scalar(_) => {}
        YamlValue::Seq(items) => {
            for item in items {
                report_functions(item, errors);
            }
        }
        YamlValue::Map(entries) => {
            for (_, value) in entries {
                report_functions(value, errors);
            }
        }
        YamlValue::Tag(name, _) => errors.push(yaml.at, messages::function_in_definition(name)),
    }
}
