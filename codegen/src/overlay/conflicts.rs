//! Checks that the overlay and the application do not define the same name. Two definitions of one name are an
//! error at the overlay's definition, and the message names the application's definition. Neither definition ever
//! replaces the other silently.

use std::collections::HashMap;

use skylift_model::App;

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
