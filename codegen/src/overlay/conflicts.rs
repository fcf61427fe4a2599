//! Checks that the overlay and the application do not define the same name. Two definitions of one name are an
//! error at the overlay's definition, and the message names the application's definition. Neither definition ever
//! replaces the other silently.

use std::collections::HashMap;

use skylift_model::App;
use skylift_model::aws::node::Node;
use skylift_model::http::{AccessLogs, RouteAuth};

use super::{Overlay, OverlayError, Section};
use crate::messages;

/// The names that the application defines in its templates, with their descriptions for messages.
pub(crate) struct AppNames<'a> {
    pub(crate) app: &'a App,
    /// Describes the part of the application that has this logical id or is the parameter of this name. Returns
    /// `None` if the application does not use the name.
    pub(crate) ids: &'a dyn Fn(&str) -> Option<String>,
    /// The description of every output of the application, by the output's name.
    pub(crate) outputs: &'a HashMap<String, String>,
    /// Whether the package has a description in Cargo.toml.
    pub(crate) described: bool,
}

/// Finds the names that both the overlay and the application define, and returns an error for each.
pub(crate) fn check_conflicts(overlay: &Overlay, ours: &AppNames<'_>) -> Vec<OverlayError> {
    let mut errors = Vec::new();
    if let Some((_, origin)) = overlay.description.as_ref().filter(|_| ours.described) {
        errors.push(OverlayError::new(origin, messages::description_taken()));
    }
    errors.extend(check_http_globals(overlay, ours.app));
    for entry in &overlay.entries {
        let name = &entry.name;
        let taken = match entry.section {
            Section::Resources | Section::Parameters => (ours.ids)(name),
            Section::Outputs => ours.outputs.get(name).cloned(),
            _ => None,
        };
        let Some(taken) = taken else { continue };
        let declared = ours.app.parameters.iter().any(|it| it.name.as_str() == name);
        let message = if declared && entry.section == Section::Parameters {
            messages::parameter_declared_twice(name)
        } else {
            messages::name_taken_by_application(entry.section.entry_word(), name, &taken)
        };
        errors.push(OverlayError::new(&entry.origin, message));
    }
    errors
}

/// The name of the section of `Globals` with the settings of HTTP APIs.
const HTTP_API: &str = "HttpApi";

/// Returns whether the overlay sets this property of all HTTP APIs.
pub(crate) fn sets_http_global(overlay: &Overlay, property: &str) -> bool {
    overlay.entries_of(Section::Globals).any(|entry| {
        let Node::Map(properties) = &entry.node else { return false };
        entry.name == HTTP_API && properties.get(property).is_some()
    })
}

/// Finds the settings of the HTTP API that both the overlay and the application set.
fn check_http_globals(overlay: &Overlay, app: &App) -> Vec<OverlayError> {
    let http = &app.http;
    let is_closed = |it: &RouteAuth| *it != RouteAuth::None;
    let has_auth = !app.authorizers.is_empty()
        || app.routes().any(|(_, route)| app.route_auth(route).is_some_and(is_closed));
    let logs = matches!(http.access_logs, Some(AccessLogs::Kept(_)));
    let ours = [
        ("Auth", has_auth, "`auth` of routes"),
        ("CorsConfiguration", http.cors.is_some(), "`http.cors` in Cargo.toml"),
        ("AccessLogSettings", logs, "`http.access_logs` in Cargo.toml"),
        ("StageVariables", !http.variables.is_empty(), "`http.variables` in Cargo.toml"),
        ("DefaultRouteSettings", http.throttle.is_some(), "`http.throttle` in Cargo.toml"),
        ("Domain", http.domain.is_some(), "`http.domain` in Cargo.toml"),
    ];
    let mut errors = Vec::new();
    for entry in overlay.entries_of(Section::Globals).filter(|entry| entry.name == HTTP_API) {
        let Node::Map(properties) = &entry.node else { continue };
        for (property, _, by) in ours.iter().filter(|(_, is_set, _)| *is_set) {
            if properties.get(property).is_some() {
                let message = messages::http_global_taken(property, by);
                errors.push(OverlayError::new(&entry.origin, message));
            }
        }
    }
    errors
}
