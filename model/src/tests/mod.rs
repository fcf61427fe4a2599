//! Tests of several files together: whole applications that are created and checked. This module has the
//! fixtures: a function and a resource with only a name, to which a test adds what it needs.

mod alarms;
mod app;
mod authorizers;
mod deadline;
mod dynamodb;
mod effects;
mod environment;
mod function;
mod http;
mod json;
mod kafka;
mod kinesis;
mod limits;
mod log_groups;
mod logs;
mod loops;
mod names;
mod number_parameters;
mod parameters;
mod permissions;
mod references;
mod resources;
mod s3;
mod schedule;
mod servers;
mod sources;
mod sqs;
mod subscriptions;
mod templates;
mod values;
mod views;

use crate::access::{Access, Capability};
use crate::aws::name::{AttributeName, LogicalId, ParameterName};
use crate::aws::node::Map;
use crate::check::check;
use crate::location::{ItemIndex, PlaceInItem};
use crate::message::Message;
use crate::problem::Problem;
use crate::resource::table::{KeyAttribute, KeyType, Table};
use crate::resource::{Existing, Resource, ResourceSettings};
use crate::source::Trigger;
use crate::{App, AppParts, Function, FunctionSettings, SourceLocation};

/// Returns line 7 of a file with the name of the item.
pub(crate) fn origin(ident: &str) -> SourceLocation {
    SourceLocation { file: format!("{ident}.rs"), line: 7, column: 1 }
}

/// Creates a function with this name and no settings.
pub(crate) fn function(ident: &str) -> Function {
    Function {
        id: LogicalId::from_identifier(ident).unwrap(),
        handler: ident.to_owned(),
        name: None,
        description: None,
        settings: FunctionSettings::default(),
        triggers: Vec::new(),
        keep_warm: None,
        idempotent: None,
        resume: None,
        properties: Map::new(),
        capabilities: Vec::new(),
        claims: Vec::new(),
        state: None,
        binary: None,
        origin: origin(ident),
        stacks: crate::StackLayout::default(),
    }
}

/// Creates a function with these triggers.
pub(crate) fn triggered(ident: &str, triggers: Vec<Trigger>) -> Function {
    Function { triggers, ..function(ident) }
}

/// Sets the timeout of a function, in seconds.
pub(crate) fn with_timeout(mut function: Function, seconds: u64) -> Function {
    function.settings.timeout = Some(seconds.try_into().unwrap());
    function
}

/// Creates a capability at the parameter with this index.
pub(crate) fn capability(access: Access, with: &str, parameter: usize) -> Capability {
    Capability { access, target: with.to_owned(), calls: Vec::new(), parameter }
}

/// Creates a resource that the template creates.
pub(crate) fn resource(ident: &str, settings: ResourceSettings) -> Resource {
    Resource {
        ident: ident.to_owned(),
        id: LogicalId::from_identifier(ident).unwrap(),
        settings,
        existing: None,
        view: None,
        retain: None,
        properties: Map::new(),
        kms_key: None,
        policy: Vec::new(),
        stream_policy: Vec::new(),
        owner: None,
        origin: origin(ident),
    }
}

/// Creates a resource of the application that names an existing one.
pub(crate) fn existing(ident: &str, settings: ResourceSettings, which: Existing) -> Resource {
    Resource { existing: Some(which), ..resource(ident, settings) }
}

/// Returns a reference to a resource of the overlay.
pub(crate) fn overlay() -> Existing {
    Existing::Overlay(LogicalId::try_from("There").unwrap())
}

/// Creates the name of a template parameter.
pub(crate) fn parameter(name: &str) -> ParameterName {
    ParameterName::try_from(name).unwrap()
}

/// Creates a key attribute of a table.
pub(crate) fn attribute(name: &str, kind: KeyType) -> KeyAttribute {
    KeyAttribute { name: AttributeName::try_from(name).unwrap(), kind }
}

/// Creates a table with the key `id`.
pub(crate) fn table() -> Table {
    Table {
        name: None,
        key: attribute("id", KeyType::String),
        sort: None,
        indexes: Vec::new(),
        stream: None,
        ttl: None,
        point_in_time_recovery: true,
    }
}

/// Creates an application with these items.
pub(crate) fn app(functions: Vec<Function>, resources: Vec<Resource>) -> App {
    App::new(AppParts { functions, resources, ..AppParts::default() })
}

/// Returns the problems of an application: item, place, message, and help, which is empty if a problem has no help.
pub(crate) fn found(app: &App) -> Vec<(ItemIndex, PlaceInItem, String, String)> {
    let problems = check(app, &[], &[]).into_iter();
    let shown = problems.map(|Problem { item, at, message: Message { text, help } }| {
        (item, at, text, help.unwrap_or_default())
    });
    shown.collect()
}

/// Returns the only problem of an application.
pub(crate) fn problem(app: &App) -> (ItemIndex, PlaceInItem, String, String) {
    let mut problems = found(app);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    problems.remove(0)
}

/// Asserts that the only problem of an application is this one of a function.
#[track_caller]
pub(crate) fn assert_problem(
    app: &App,
    function: usize,
    at: &PlaceInItem,
    message: &str,
    help: &str,
) {
    let (item, found_at, found_message, found_help) = problem(app);
    assert_eq!((item, &found_at), (ItemIndex::Function(function), at));
    assert_eq!((found_message.as_str(), found_help.as_str()), (message, help));
}
