//! Reads the key `outputs` of `[package.metadata.skylift]`: which outputs the template has, under which names, and which of
//! them it exports.

use skylift_model::aws::value::CfnValue;
use skylift_model::{OutputChange, Outputs};
use skylift_syntax::errors::Errors;
use skylift_syntax::readers::{read_cfn_value, read_name};
use skylift_syntax::tree::{ArgKey, ArgValue, ArgValueKind, Args};

use crate::messages;

/// Reads the value of `outputs`. Returns `None` after an error was recorded.
pub(super) fn read_outputs(value: &ArgValue, errors: &mut Errors) -> Option<Outputs> {
    match &value.kind {
        ArgValueKind::Bool(true) => Some(Outputs::default()),
        ArgValueKind::Bool(false) => Some(Outputs::Off),
        ArgValueKind::Map(entries) => {
            let changes = entries.iter().filter_map(|(key, value)| read_change(key, value, errors));
            Some(Outputs::Changed(changes.collect()))
        }
        _ => {
            errors.push(&value.span, messages::invalid_outputs());
            None
        }
    }
}

/// Reads the change of the output `key`. Returns `None` after an error was recorded.
fn read_change(key: &ArgKey, value: &ArgValue, errors: &mut Errors) -> Option<OutputChange> {
    let change =
        || OutputChange { output: key.text.clone(), is_on: true, name: None, export: None };
    match &value.kind {
        ArgValueKind::Bool(is_on) => Some(OutputChange { is_on: *is_on, ..change() }),
        ArgValueKind::Str(_) => {
            Some(OutputChange { name: Some(read_name(value, errors)?), ..change() })
        }
        ArgValueKind::Map(entries) => {
            let mut args = Args::empty(value.span.clone());
            for (key, value) in entries {
                args.push(Some(key.clone()), value.clone());
            }
            Some(args.read_all(&format!("outputs.{}", key.text), errors, |args, errors| {
                OutputChange {
                    name: args.take("name", read_name, errors),
                    export: args.take("export", read_export, errors),
                    ..change()
                }
            }))
        }
        _ => {
            errors.push(&value.span, messages::invalid_output(&key.text));
            None
        }
    }
}

/// Reads the name of an export: a text, or one with references. Returns `None` after an error was recorded.
fn read_export(value: &ArgValue, errors: &mut Errors) -> Option<CfnValue> {
    match read_cfn_value(value, errors)? {
        CfnValue::Literal(text) if !is_export_name(&text) => {
            errors.push(&value.span, messages::invalid_export(&text));
            None
        }
        export @ (CfnValue::Literal(_) | CfnValue::Sub(_)) => Some(export),
        _ => {
            errors.push(&value.span, messages::invalid_export("…"));
            None
        }
    }
}

/// Returns whether CloudFormation takes a text as the name of an export: letters, digits, colons and hyphens.
fn is_export_name(text: &str) -> bool {
    let is_letter = |it: char| it.is_ascii_alphanumeric() || it == ':' || it == '-';
    !text.is_empty() && text.chars().all(is_letter)
}
