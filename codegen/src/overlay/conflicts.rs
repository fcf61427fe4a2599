//! Checks that the overlay and the application do not define the same name. A conflict is an error at the overlay's
//! definition that names the application's; neither ever replaces the other silently.

use std::collections::HashMap;

use skylift_model::App;

use super::{Overlay, OverlayError, Section};

/// The names that the application defines, with their descriptions for messages.
pub(crate) struct AppNames<'a> {
    pub(crate) app: &'a App,
    /// Describes the resource with this logical id or the parameter with this name.
    pub(crate) ids: &'a dyn Fn(&str) -> Option<String>,
    /// The description of every output.
    pub(crate) outputs: &'a HashMap<String, String>,
    /// Whether the package has a description.
    pub(crate) described: bool,
}

/// Finds the names that both define.
pub(crate) fn check_conflicts(overlay: &Overlay, ours: &AppNames<'_>) -> Vec<OverlayError> {
    let mut errors = Vec::new();
    if let Some((_, origin)) = overlay.description.as_ref().filter(|_| ours.described) {
        let mut error = OverlayError::new(
            origin,
            "the template's description is that of the package in Cargo.toml",
        );
        error.help("leave one of the two out");
        errors.push(error);
    }
    for entry in &overlay.entries {
        let (name, what) = (&entry.name, entry.section.entry_word());
        let taken = match entry.section {
            Section::Resources | Section::Parameters => (ours.ids)(name),
            Section::Outputs => ours.outputs.get(name).cloned(),
            _ => None,
        };
        let Some(taken) = taken else { continue };
        let declared = ours.app.parameters.iter().any(|it| it.name.as_str() == name);
        let (text, help) = if declared && entry.section == Section::Parameters {
            (
                format!(
                    "parameter `{name}` stands in Cargo.toml too: `[package.metadata.skylift.parameters.{name}]`"
                ),
                "declare it in one of the two places",
            )
        } else {
            (
                format!("{what} `{name}` has the name of {taken}"),
                "rename it, and what refers to it in the overlay",
            )
        };
        let mut error = OverlayError::new(&entry.origin, text);
        error.help(help);
        errors.push(error);
    }
    errors
}
