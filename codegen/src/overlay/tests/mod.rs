//! Tests of overlays: valid ones and errors. Most read a text; `package` runs the whole build step.

mod names;
mod package;
mod parsed;
mod policies;
mod property;
mod references;
mod refused;

use std::path::Path;

use super::error::OverlayErrors;
use super::*;

/// Reads a file; returns its errors as `line:column: text`.
fn read_one(text: &str) -> Result<Overlay, Vec<String>> {
    read_several(&[("extra.yaml", text.as_bytes())])
}

fn read_several(files: &[(&str, &[u8])]) -> Result<Overlay, Vec<String>> {
    let (mut overlay, mut errors) = (Overlay::default(), OverlayErrors::default());
    for (path, bytes) in files {
        read_overlay(path, bytes, &mut overlay, &mut errors);
    }
    let errors = errors.into_vec();
    if errors.is_empty() {
        return Ok(overlay);
    }
    let text = |error: &OverlayError| {
        let full = error.in_folder(Path::new("")).to_string();
        full.trim_start_matches("extra.yaml:").to_owned()
    };
    Err(errors.iter().map(text).collect())
}

/// Returns the only error in a file.
fn read_error(text: &str) -> String {
    let errors = read_one(text).map(|_| ()).unwrap_err();
    let [error] = errors.as_slice() else { panic!("{text}: {errors:?}") };
    error.clone()
}

/// Parses a YAML text; `None` if it has errors.
fn parse_tree(text: &str) -> Option<Node> {
    let mut errors = OverlayErrors::default();
    let yaml = parse::parse_yaml(text, &mut errors)?;
    errors.into_vec().is_empty().then(|| yaml.into_node())
}

/// Returns the errors in a YAML text, without reading its sections.
fn parse_errors(text: &str) -> Vec<String> {
    let mut errors = OverlayErrors::default();
    let _ = parse::parse_yaml(text, &mut errors);
    errors.into_vec().iter().map(|it| it.in_folder(Path::new("")).to_string()).collect()
}
