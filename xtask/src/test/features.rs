//! Checks `skylift` with each of its Cargo features alone, and with no feature. Takes the features from the manifest
//! of `skylift`. Gives the warnings and errors of each feature with which the crate does not compile cleanly. All
//! checks use one target directory, where Cargo checks a dependency once for each set of its features.

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::workspace;

/// Checks `skylift` once for each Cargo feature. Fails if the compiler has a warning or an error.
pub(super) fn check_each_feature() -> Result<()> {
    let features = features_to_check()?;
    let mut failures = Vec::new();
    for (number, feature) in features.iter().enumerate() {
        eprintln!("    {} of {}: {}", number + 1, features.len(), feature_title(feature));
        failures.extend(check_feature(feature)?);
    }
    ensure!(failures.is_empty(), "{}", failures.join("\n"));
    Ok(())
}

fn feature_title(feature: &str) -> &str {
    if feature.is_empty() { "no feature" } else { feature }
}

/// Returns the Cargo features of `skylift` that users may enable, and the empty name for no feature.
fn features_to_check() -> Result<Vec<String>> {
    let mut features = workspace::skylift_features()?;
    features.retain(|name| !name.starts_with('_') && name != "default");
    features.insert(0, String::new());
    Ok(features)
}

/// Checks `skylift` with one Cargo feature. Returns the warnings and errors of the compiler, or `None` if there are
/// none.
fn check_feature(feature: &str) -> Result<Option<String>> {
    let output = workspace::cargo_command()
        .args(["check", "--package", "skylift", "--lib", "--no-default-features"])
        .args(["--features", feature, "--message-format", "json"])
        .output()
        .context("cannot start cargo")?;
    let stdout = String::from_utf8_lossy(&output.stdout);
    let messages: String = stdout.lines().filter_map(rendered_message).collect();
    if output.status.success() && messages.is_empty() {
        return Ok(None);
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    let cargo_error = if output.status.success() { "" } else { stderr.as_ref() };
    Ok(Some(format!("with {}:\n{messages}{cargo_error}", feature_title(feature))))
}

/// Returns the warning or error of the compiler in a line of Cargo's JSON output, as the terminal would show it.
/// Returns `None` for any other line.
fn rendered_message(line: &str) -> Option<String> {
    let message: Value = serde_json::from_str(line).ok()?;
    let message = &message["message"];
    message["level"].as_str()?;
    message["rendered"].as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_feature_and_each_feature_of_users_are_checked_but_no_internal_one() {
        let features = features_to_check().unwrap();
        assert!(features.iter().any(String::is_empty) && features.iter().any(|it| it == "s3"));
        assert!(!features.iter().any(|it| it.starts_with('_') || it == "default"), "{features:?}");
    }

    #[test]
    fn only_compiler_messages_are_shown() {
        let warning = r#"{"reason":"compiler-message","message":{"level":"warning","rendered":"warning: unused\n"}}"#;
        assert_eq!(rendered_message(warning).as_deref(), Some("warning: unused\n"));
        assert_eq!(rendered_message(r#"{"reason":"compiler-artifact","fresh":true}"#), None);
        assert_eq!(rendered_message("no JSON"), None);
    }
}
