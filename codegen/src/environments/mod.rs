//! Applies the environments of an application. It assembles the application once more for each environment, checks it,
//! and folds the stacks of all environments into one, so that one template has the values of all.
//!
//! The default environment has the settings of the source and of `[package.metadata.skylift]`. The others are applied
//! only if it has no errors.
// See decision 0139.

mod complete;
mod fold;
mod node;
#[cfg(test)]
mod tests;
mod values;

use skylift_model::message::Message;
use skylift_model::problem::Problem;
use skylift_model::{App, environment};
use skylift_syntax::errors::Diagnostic;
use skylift_syntax::handoff::NoteProblem;
use skylift_syntax::span::SourceSpan;
use skylift_syntax::tree::ArgKey;

use self::fold::fold_stacks;
use crate::assemble::{Assembled, AssemblyInput, assemble};
use crate::messages;
use crate::metadata::PackageMetadata;
use crate::metadata::environments::Environment;
use crate::overlay::{Overlay, OverlayEntry, OverlayError, Section};
use crate::stack::Stack;

/// The applied environments, beside the default one.
#[derive(Default)]
pub(crate) struct AppliedEnvironments {
    /// The application in each environment.
    pub(crate) apps: Vec<App>,
    /// The errors in the settings of environments, each at its place in Cargo.toml.
    pub(crate) errors: Vec<(SourceSpan, Message)>,
}

/// Applies the environments that the metadata declare to the assembled application.
pub(crate) fn apply_environments(
    input: &AssemblyInput<'_>,
    assembled: &mut Assembled,
) -> AppliedEnvironments {
    let mut applied = AppliedEnvironments::default();
    let declared = &input.metadata.environments;
    if declared.is_empty() || !is_right(assembled) {
        return applied;
    }
    let resolve = |it: &Environment| it.resolve_functions(&assembled.app, &mut applied.errors);
    let environments: Vec<Environment> = declared.iter().map(resolve).collect();
    let mut stacks = Vec::new();
    for environment in &environments {
        let mut other = assemble(&with_environment(input, environment));
        report_problems(environment, &mut other, assembled, &mut applied.errors);
        merge_notes(assembled, &other);
        stacks.push(other.stack);
        applied.apps.push(other.app);
    }
    assembled.wrong |= !applied.errors.is_empty();
    if !is_right(assembled) {
        return applied;
    }
    let names: Vec<String> = assembled.app.environment_names().map(str::to_owned).collect();
    if let Err(difference) = fold_stacks(&mut assembled.stack, stacks, names) {
        let other = difference.environment.checked_sub(1).and_then(|it| environments.get(it));
        if let Some(environment) = other {
            applied.errors.push(report_structure(environment, &difference.what, input));
        }
        assembled.wrong = true;
    }
    let taken = find_taken_names(&assembled.stack, input.overlay);
    assembled.errors.extend(taken);
    applied
}

/// Returns an error for each mapping or condition of the overlay that has the name of one of the environments.
fn find_taken_names(stack: &Stack, overlay: &Overlay) -> Vec<OverlayError> {
    let is_taken = |entry: &&OverlayEntry| match entry.section {
        Section::Mappings => stack.mappings.get(&entry.name).is_some(),
        Section::Conditions => stack.conditions.get(&entry.name).is_some(),
        _ => false,
    };
    let error = |entry: &OverlayEntry| {
        let word = entry.section.entry_word();
        let owner = messages::describe_environment_values();
        let message = messages::name_taken_by_application(word, &entry.name, &owner);
        OverlayError::new(&entry.origin, message)
    };
    overlay.entries.iter().filter(is_taken).map(error).collect()
}

/// Returns whether the application has no errors.
fn is_right(assembled: &Assembled) -> bool {
    !assembled.wrong
        && assembled.errors.is_empty()
        && assembled.default_problems.is_empty()
        && assembled.package_problems.is_empty()
}

/// Returns the input for the application in an environment.
fn with_environment<'a>(
    input: &AssemblyInput<'a>,
    environment: &'a Environment,
) -> AssemblyInput<'a> {
    let defaults = environment.defaults();
    AssemblyInput {
        package: input.package.clone(),
        metadata: PackageMetadata { defaults, ..input.metadata.clone() },
        environment: Some(environment),
        ..*input
    }
}

/// Reports the problems that the application has in an environment: those of its settings in Cargo.toml, others at
/// their items. Each one outside the settings names the environment.
fn report_problems(
    environment: &Environment,
    other: &mut Assembled,
    assembled: &mut Assembled,
    errors: &mut Vec<(SourceSpan, Message)>,
) {
    let name = environment.name.as_str();
    let named = |message: &Message| messages::in_environment(message, name);
    for Diagnostic { span, message } in std::mem::take(&mut other.setting_errors) {
        let span = match span {
            SourceSpan::Bytes(_) => span,
            SourceSpan::Tokens { .. } => environment.span.clone(),
        };
        let message = environment.name_if_outside(&span, message);
        errors.push((span, message));
    }
    for Problem { item, at, message } in std::mem::take(&mut other.default_problems) {
        match environment.locate(None, &at) {
            Some(span) => errors.push((span.clone(), named(&message))),
            None => {
                let message = named(&message);
                assembled.default_problems.push(Problem { item, at, message });
            }
        }
    }
    for ((_, note), (_, other)) in assembled.notes.iter_mut().zip(&other.notes) {
        let handler = Some(other.handler.as_str()).filter(|handler| !handler.is_empty());
        for NoteProblem { at, message } in &other.problems {
            let message = named(message);
            match handler.and_then(|handler| environment.locate(Some(handler), at)) {
                Some(span) => errors.push((span.clone(), message)),
                None => {
                    note.problems.push(NoteProblem { at: at.clone(), message });
                    assembled.wrong = true;
                }
            }
        }
    }
    assembled.package_problems.extend(other.package_problems.iter().map(named));
    for error in &mut other.errors {
        error.message = named(&error.message);
    }
    assembled.errors.append(&mut other.errors);
}

/// Merges what the program needs to know of a function in an environment: it works in each of them. So it has the
/// greatest timeout and the least margin.
fn merge_notes(assembled: &mut Assembled, other: &Assembled) {
    for ((_, note), (_, other)) in assembled.notes.iter_mut().zip(&other.notes) {
        note.timeout = note.timeout.max(other.timeout);
        note.deadline_margin = note.deadline_margin.min(other.deadline_margin);
    }
}

/// Returns the error about an environment that changes more than values, at the setting that does so. `what` says what
/// differs.
fn report_structure(
    environment: &Environment,
    what: &str,
    input: &AssemblyInput<'_>,
) -> (SourceSpan, Message) {
    let name = environment.name.as_str();
    match find_structural_setting(environment, input) {
        Some((key, what)) => {
            let message = messages::structure_of_environment(Some(&key.text), name, &what);
            (key.span, message)
        }
        None => {
            let message = messages::structure_of_environment(None, name, what);
            (environment.span.clone(), message)
        }
    }
}

/// Finds the setting of an environment that alone changes more than values, and what it changes.
fn find_structural_setting(
    environment: &Environment,
    input: &AssemblyInput<'_>,
) -> Option<(ArgKey, String)> {
    environment.split_settings().into_iter().find_map(|(key, single)| {
        let mut base = assemble(input).stack;
        let other = assemble(&with_environment(input, &single)).stack;
        let names = [environment::DEFAULT, single.name.as_str()].map(str::to_owned).to_vec();
        let difference = fold_stacks(&mut base, vec![other], names).err()?;
        Some((key, difference.what))
    })
}
