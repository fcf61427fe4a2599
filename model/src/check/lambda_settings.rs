//! Checks Lambda's own settings of each function: that the places for results can take them, and that a function with a
//! file system is in a VPC.

use crate::App;
use crate::Function;
use crate::aws::function_keys;
use crate::aws::lambda_settings::{LambdaSettings, Network, Outcome, ResultTarget};
use crate::messages::{application, lambda_settings as messages};
use crate::problem::{ItemIndex, PlaceInItem, Problems};
use crate::suggest;

/// Checks the settings of all functions. References to the items `unknown`, which have errors, are not checked.
pub(super) fn check(app: &App, unknown: &[String], problems: &mut Problems) {
    for (index, function) in app.functions.iter().enumerate() {
        let item = ItemIndex::Function(index);
        for outcome in Outcome::ALL {
            check_target(app, item, function, outcome, unknown, problems);
        }
        check_file_system(app, item, function, problems);
    }
}

/// Checks that the place for these results is a standard queue or topic, or a function that can take them.
fn check_target(
    app: &App,
    item: ItemIndex,
    function: &Function,
    outcome: Outcome,
    unknown: &[String],
    problems: &mut Problems,
) {
    let key = outcome.key();
    let mut report = |message| problems.push(item, PlaceInItem::key(key), message);
    match function.settings.lambda.target(outcome) {
        Some(ResultTarget::Declared(ident)) => {
            let Some(resource) = app.resource(ident).filter(|it| it.is_fifo()) else { return };
            let kind = resource.kind();
            if kind.results().contains(&outcome) {
                report(messages::fifo_result_destination(key, kind.as_str(), &resource.origin));
            }
        }
        Some(ResultTarget::Function(ident)) if !unknown.contains(ident) => {
            let Some(receiver) = app.function(ident) else {
                let near = suggest::nearest(ident, app.functions.iter().map(Function::ident));
                report(application::undeclared_function(ident, near));
                return;
            };
            let mut triggers = receiver.triggers.iter();
            if let Some(trigger) = triggers.find(|it| it.request_schema().is_some()) {
                report(messages::results_to_a_route(ident, &trigger.summary()));
            }
        }
        _ => {}
    }
}

/// Checks that a function with a file system is in a VPC.
fn check_file_system(app: &App, item: ItemIndex, function: &Function, problems: &mut Problems) {
    if function.settings.lambda.file_system.is_none() {
        return;
    }
    let LambdaSettings { network, .. } = function.lambda_settings(&app.defaults);
    let is_in_vpc = matches!(network, Some(Network::Vpc(_)));
    let has_property = function.properties.get("VpcConfig").is_some();
    if !is_in_vpc && !has_property {
        let at = PlaceInItem::key(function_keys::FILE_SYSTEM.name);
        problems.push(item, at, messages::file_system_without_vpc());
    }
}
