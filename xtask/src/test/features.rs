//! Each Cargo feature of `skylift` by itself, and none. Takes those of its manifest, gives an error for
//! each with which the crate does not compile without a warning. All of it is in the one target
//! directory, where a dependency is checked once for each set of features that it has.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::workspace;

pub(super) fn check() -> Result<()> {
    let features = features()?;
    let mut complaints = Vec::new();
    for (number, feature) in features.iter().enumerate() {
        eprintln!("    {} of {}: {}", number + 1, features.len(), name(feature));
        complaints.extend(complaint(feature)?);
    }
    ensure!(complaints.is_empty(), "{}", complaints.join("\n"));
    Ok(())
}

fn name(feature: &str) -> &str {
    if feature.is_empty() { "no feature" } else { feature }
}

/// The features that may be turned on by themselves, and the empty name for none.
fn features() -> Result<Vec<String>> {
    let metadata = workspace::metadata(workspace::root(), &["--no-deps"])?;
    let packages = metadata["packages"].as_array().context("there are no packages")?;
    let skylift = packages.iter().find(|package| package["name"] == "skylift");
    let features = skylift.and_then(|package| package["features"].as_object());
    let features = features.context("there is no package `skylift` with features")?.keys();
    let alone = features.filter(|name| !name.starts_with('_') && *name != "default");
    Ok([String::new()].into_iter().chain(alone.cloned()).collect())
}

/// What the compiler says with a feature, unless that is nothing.
fn complaint(feature: &str) -> Result<Option<String>> {
    let output = workspace::cargo()
        .args(["check", "--package", "skylift", "--lib", "--no-default-features"])
        .args(["--features", feature, "--message-format", "json"])
        .output()
        .context("cannot start cargo")?;
    let stdout = String::from_utf8_lossy(&output.stdout);
    let said: String = stdout.lines().filter_map(diagnostic).collect();
    if output.status.success() && said.is_empty() {
        return Ok(None);
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    let by_cargo = if output.status.success() { "" } else { stderr.as_ref() };
    Ok(Some(format!("with {}:\n{said}{by_cargo}", name(feature))))
}

/// The warning or error in a message of Cargo, as the terminal shows it.
fn diagnostic(line: &str) -> Option<String> {
    let message: Value = serde_json::from_str(line).ok()?;
    let message = &message["message"];
    message["level"].as_str()?;
    message["rendered"].as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_that_are_parts_of_others_are_not_checked_by_themselves() {
        let features = features().unwrap();
        assert!(features.iter().any(String::is_empty) && features.iter().any(|it| it == "s3"));
        assert!(!features.iter().any(|it| it.starts_with('_') || it == "default"), "{features:?}");
    }

    #[test]
    fn a_warning_counts_and_a_finished_crate_does_not() {
        let warning = r#"{"reason":"compiler-message","message":{"level":"warning","rendered":"warning: unused\n"}}"#;
        assert_eq!(diagnostic(warning).as_deref(), Some("warning: unused\n"));
        assert_eq!(diagnostic(r#"{"reason":"compiler-artifact","fresh":true}"#), None);
        assert_eq!(diagnostic("no JSON"), None);
    }
}
