//! What overlays say and what they get wrong, from their text; `package` runs the whole build step.

mod package;
mod parsed;
mod property;
mod refused;
mod stand_ins;

use std::path::Path;

use super::mistake::Mistakes;
use super::*;

/// What a file says; its mistakes as `line:column: text`.
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

/// The one mistake in a file.
fn refused(text: &str) -> String {
    let mistakes = overlay(text).map(|_| ()).unwrap_err();
    let [mistake] = mistakes.as_slice() else { panic!("{text}: {mistakes:?}") };
    mistake.clone()
}

/// The tree of a YAML text.
fn tree(text: &str) -> Option<Node> {
    let mut mistakes = Mistakes::default();
    let yaml = parse::parse(text, &mut mistakes)?;
    mistakes.into_vec().is_empty().then(|| yaml.into_node())
}

/// The mistakes of a YAML text, whatever it holds.
fn wrong(text: &str) -> Vec<String> {
    let mut mistakes = Mistakes::default();
    let _ = parse::parse(text, &mut mistakes);
    mistakes.into_vec().iter().map(|it| it.full(Path::new(""))).collect()
}
