//! Checks the log groups of triggers: that a function whose log group is named is declared, that no function is
//! triggered by its own log group or by a loop of them, and that no log group has more triggers than CloudWatch Logs accepts.

use crate::aws::limits;
use crate::aws::name::ParameterName;
use crate::aws::node::Node;
use crate::location::TriggerIndex;
use crate::messages::{application, logs as messages};
use crate::problem::Problems;
use crate::source::LogGroup;
use crate::{App, Function, suggest};

/// What a log group is known by, before the stack is deployed.
#[derive(Debug, Clone, PartialEq)]
enum GroupIdentity<'a> {
    /// The logical id of the function whose own group it is. The name depends on the name of the stack.
    OfFunction(&'a str),
    /// The name of the group.
    Name(String),
    /// A value of the template that a function sets in its `properties`.
    Value(&'a Node),
    /// The template parameter that has the name.
    Param(&'a ParameterName),
}

impl<'a> GroupIdentity<'a> {
    /// Returns the identity of the log group that a function writes to.
    fn written_by(function: &'a Function) -> Self {
        match (function.user_log_group(), &function.name) {
            (Some(Node::Str(name)), _) => Self::Name(name.clone()),
            (Some(value), _) => Self::Value(value),
            (None, Some(name)) => Self::Name(own_group_name(name.as_str())),
            (None, None) => Self::OfFunction(function.id.as_str()),
        }
    }
}

/// Returns the name of the log group of a function that has a name.
fn own_group_name(function: &str) -> String {
    format!("/aws/lambda/{function}")
}

/// A trigger on the log group of another function, by the indexes of both functions.
struct Following {
    writer: usize,
    reader: usize,
    trigger: TriggerIndex,
}

/// Checks the log groups of all triggers. References to the items `unknown`, which have errors, are not checked.
pub(super) fn check(app: &App, unknown: &[String], problems: &mut Problems) {
    let mut followed: Vec<(GroupIdentity<'_>, Vec<&str>)> = Vec::new();
    for (index, trigger) in app.triggers() {
        let Some(group) = trigger.log_group() else { continue };
        let report = |problems: &mut Problems, message| {
            problems.push_for_trigger_key(index, "group", message);
        };
        let identity = match group {
            LogGroup::Named(name) => GroupIdentity::Name(name.to_string()),
            LogGroup::Param(name) => GroupIdentity::Param(name),
            LogGroup::Function(ident) if unknown.contains(ident) => continue,
            LogGroup::Function(ident) => match app.function(ident) {
                Some(function) => GroupIdentity::written_by(function),
                None => {
                    let near = suggest::nearest(ident, app.functions.iter().map(Function::ident));
                    report(problems, application::undeclared_function(ident, near));
                    continue;
                }
            },
        };
        let function = &app.functions[index.function];
        if identity == GroupIdentity::written_by(function) {
            report(problems, messages::own_log_group(function.ident()));
            continue;
        }
        if let LogGroup::Named(name) = group
            && let Some(owner) = find_owner(app, name.as_str())
        {
            let message =
                messages::log_group_of_function(name.as_str(), owner.ident(), &owner.origin);
            report(problems, message);
            continue;
        }
        let position = followed.iter().position(|(known, _)| *known == identity);
        let position = position.unwrap_or_else(|| {
            followed.push((identity, Vec::new()));
            followed.len() - 1
        });
        let functions = &mut followed[position].1;
        if functions.len() >= limits::SUBSCRIPTION_FILTERS {
            let others = suggest::list(functions.iter().copied());
            report(
                problems,
                messages::too_many_subscriptions(limits::SUBSCRIPTION_FILTERS, &others),
            );
        } else {
            functions.push(function.ident());
        }
    }
    check_loops(app, problems);
}

/// Reports functions that invoke each other without end, because each writes to a log group that triggers another one.
/// Triggers with a filter may leave out what the functions write.
fn check_loops(app: &App, problems: &mut Problems) {
    let index_of = |ident: &str| app.functions.iter().position(|it| it.ident() == ident);
    let following: Vec<Following> = app
        .triggers()
        .filter(|(_, trigger)| trigger.remedy_against_own_writes().is_some())
        .filter_map(|(trigger, source)| match source.log_group()? {
            LogGroup::Function(ident) => {
                Some(Following { writer: index_of(ident)?, reader: trigger.function, trigger })
            }
            LogGroup::Named(_) | LogGroup::Param(_) => None,
        })
        .filter(|it| it.writer != it.reader)
        .collect();
    let mut reported: Vec<usize> = Vec::new();
    for first in &following {
        let Some(path) = find_path(first.reader, first.writer, &following) else { continue };
        if path.iter().any(|function| reported.contains(function)) {
            continue;
        }
        let idents: Vec<&str> = path.iter().map(|index| app.functions[*index].ident()).collect();
        let message = messages::loop_of_log_groups(&idents);
        problems.push_for_trigger_key(first.trigger, "group", message);
        reported.extend(path);
    }
}

/// Returns the functions on a way from the log group of the function `from` to the function `to`, with both of them.
/// Returns `None` if there is no such way.
fn find_path(from: usize, to: usize, following: &[Following]) -> Option<Vec<usize>> {
    let mut paths = vec![vec![from]];
    let mut seen = vec![from];
    while let Some(path) = paths.pop() {
        let last = *path.last()?;
        if last == to {
            return Some(path);
        }
        for next in following.iter().filter(|it| it.writer == last) {
            if !seen.contains(&next.reader) {
                seen.push(next.reader);
                paths.push([path.as_slice(), &[next.reader]].concat());
            }
        }
    }
    None
}

/// Returns the function for which the template creates a log group with this name, and `None` if no function
/// has such a group.
fn find_owner<'a>(app: &'a App, group: &str) -> Option<&'a Function> {
    app.functions.iter().find(|function| {
        let name = function.name.as_ref().filter(|_| function.user_log_group().is_none());
        name.is_some_and(|name| own_group_name(name.as_str()) == group)
    })
}
