//! Tests of overlays: valid ones and errors. Most read a text; `package` runs the whole build step.

mod package;
mod parsed;
mod property;
mod refused;
mod stand_ins;

use std::path::Path;

use super::mistake::Mistakes;
use super::*;

/// Reads a file; returns its errors as `line:column: text`.
fn overlay(text: &str) -> Result<Overlay, Vec<String>> {
    several(&[("extra.yaml", text.as_bytes())])
}

fn several(files: &[(&str, &[u8])]) -> Result<Overlay, Vec<String>> {
    let (mut overlay, mut mistakes) = (Overlay::default(), Mistakes::default());
    for (path, bytes) in files {
        one(path, bytes, &mut overlay, &mut mistakes);
    }
    let mistakes = mistakes.into_vec();
    if mistakes.is_empty() {
        return Ok(overlay);
    }
    let text = |mistake: &Mistake| {
        let full = mistake.full(Path::new(""));
        full.trim_start_matches("extra.yaml:").to_owned()
    };
    Err(mistakes.iter().map(text).collect())
}

/// Returns the only error in a file.
fn refused(text: &str) -> String {
    let mistakes = overlay(text).map(|_| ()).unwrap_err();
    let [mistake] = mistakes.as_slice() else { panic!("{text}: {mistakes:?}") };
    mistake.clone()
}

/// Parses a YAML text; `None` if it has errors.
fn tree(text: &str) -> Option<Node> {
    let mut mistakes = Mistakes::default();
    let yaml = parse::parse(text, &mut mistakes)?;
    mistakes.into_vec().is_empty().then(|| yaml.into_node())
}

/// Returns the errors in a YAML text, without reading its sections.
fn wrong(text: &str) -> Vec<String> {
    let mut mistakes = Mistakes::default();
    let _ = parse::parse(text, &mut mistakes);
    mistakes.into_vec().iter().map(|it| it.full(Path::new(""))).collect()
}
