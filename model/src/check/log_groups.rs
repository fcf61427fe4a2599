//! Checks the log groups of triggers: that a function whose log group is named is declared, that no function is
//! triggered by its own log group, and that no log group has more triggers than CloudWatch Logs accepts.

use crate::aws::limits;
use crate::aws::name::ParameterName;
use crate::aws::node::Node;
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
}

/// Returns the function for which the template creates a log group with this name, and `None` if no function
/// has such a group.
fn find_owner<'a>(app: &'a App, group: &str) -> Option<&'a Function> {
    app.functions.iter().find(|function| {
        let name = function.name.as_ref().filter(|_| function.user_log_group().is_none());
        name.is_some_and(|name| own_group_name(name.as_str()) == group)
    })
}
