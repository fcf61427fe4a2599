//! Collects what a state machine has from the rest of the application: the values of the names in its definition, and the
//! statements of its role for the functions that its states call.

use std::collections::HashMap;

use skylift_model::App;
use skylift_model::aws::node::{Map, Node};
use skylift_model::resource::ResourceSettings;
use skylift_model::resource::state_machine::StateMachine;

use super::function::role::{INVOKE_ACTION, allow_statement, user_statement};
use super::invoke;
use super::resource::{ConsumerNeeds, DefinitionNeeds, identifier};
use super::text::text_nodes;

/// Adds the needs of all state machines that the template creates, by the identifiers of their structs.
pub(super) fn add_definition_needs<'a>(app: &'a App, all: &mut HashMap<&'a str, ConsumerNeeds>) {
    for resource in app.resources.iter().filter(|it| it.is_created()) {
        if let ResourceSettings::StateMachine(machine) = &resource.settings {
            all.entry(resource.ident.as_str()).or_default().definition =
                collect_needs(machine, app);
        }
    }
}

/// Returns what a state machine has from the functions and the resources that its definition names. A function is
/// called by its ARN, or by that of its alias.
fn collect_needs(machine: &StateMachine, app: &App) -> DefinitionNeeds {
    let mut substitutions = Map::new();
    for name in machine.definition.iter().flat_map(|it| &it.names) {
        let value = match app.function(name) {
            Some(function) => Some(invoke::target_arn(function)),
            None => app.resource(name).map(identifier),
        };
        substitutions.set_some(name, value);
    }
    let functions: Vec<Node> =
        machine.functions().filter_map(|it| app.function(it)).map(invoke::target_arn).collect();
    let mut statements = Vec::new();
    if !functions.is_empty() {
        statements.push(allow_statement(text_nodes([INVOKE_ACTION]), functions).into());
    }
    statements.extend(machine.allow.iter().map(|allow| user_statement(allow, app)));
    DefinitionNeeds { substitutions, statements }
}
