//! Checks `skylift` with each of its Cargo features alone, with no feature, with each set of features for which it has
//! code, and with all features as a release build has them. Takes the features from the manifest of `skylift`, and
//! the sets from its source. Gives the warnings and errors of each feature with which the crate does not compile cleanly. All
//! checks use one target directory, where Cargo checks a dependency once for each set of its features.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::workspace;

/// The setting with which Cargo compiles `skylift` as in a release build, and everything else as before.
const AS_IN_RELEASE: &str = "profile.dev.package.skylift.debug-assertions=false";

/// Checks `skylift` once for each set of Cargo features. Fails if the compiler has a warning or an error.
pub(super) fn check_each_feature() -> Result<()> {
    let sets = sets_to_check()?;
    let mut failures = Vec::new();
    for (number, set) in sets.iter().enumerate() {
        eprintln!("    {} of {}: {}", number + 1, sets.len(), set_title(set));
        failures.extend(check_set(set, &[])?);
    }
    let all = features_of_users()?.join(",");
    eprintln!("    all features, as in a release build");
    failures.extend(check_set(&all, &["--config", AS_IN_RELEASE])?);
    ensure!(failures.is_empty(), "{}", failures.join("\n"));
    Ok(())
}

fn set_title(set: &str) -> &str {
    if set.is_empty() { "no feature" } else { set }
}

/// Returns the sets of Cargo features to check, each with its features separated by commas: the empty set, each
/// feature alone, and each set that the source of `skylift` names in an `all(…)`.
fn sets_to_check() -> Result<BTreeSet<String>> {
    let mut sets = BTreeSet::from([String::new()]);
    sets.extend(features_of_users()?);
    add_sets_of_folder(&workspace::root().join("runtime/src"), &mut sets)?;
    Ok(sets)
}

/// Returns the Cargo features of `skylift` that users enable.
fn features_of_users() -> Result<Vec<String>> {
    let mut features = workspace::skylift_features()?;
    features.retain(|name| !name.starts_with('_') && name != "default");
    Ok(features)
}

/// Adds the sets of features that the Rust files of a folder name in an `all(…)`.
fn add_sets_of_folder(folder: &Path, sets: &mut BTreeSet<String>) -> Result<()> {
    for entry in
        fs::read_dir(folder).with_context(|| format!("cannot read `{}`", folder.display()))?
    {
        let path = entry?.path();
        if path.is_dir() {
            add_sets_of_folder(&path, sets)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = fs::read_to_string(&path)
                .with_context(|| format!("cannot read `{}`", path.display()))?;
            sets.extend(sets_of_source(&source));
        }
    }
    Ok(())
}

/// Returns the sets of features that a source text names in an `all(…)`, without the internal features, which users do
/// not enable.
fn sets_of_source(source: &str) -> impl Iterator<Item = String> {
    source.split("all(").skip(1).filter_map(|rest| {
        let (condition, _) = rest.split_once(')')?;
        let features = condition.split(',').filter_map(|part| {
            part.trim()
                .strip_prefix("feature = \"")?
                .strip_suffix('"')
                .filter(|it| !it.starts_with('_'))
        });
        let features: BTreeSet<&str> = features.collect();
        (features.len() > 1).then(|| features.into_iter().collect::<Vec<_>>().join(","))
    })
}

/// Checks `skylift` with a set of Cargo features. Returns the warnings and errors of the compiler, or `None` if there
/// are none.
fn check_set(set: &str, settings: &[&str]) -> Result<Option<String>> {
    let output = workspace::cargo_command()
        .args(["check", "--package", "skylift", "--lib", "--no-default-features"])
        .args(["--features", set, "--message-format", "json"])
        .args(settings)
        .output()
        .context("cannot start cargo")?;
    let stdout = String::from_utf8_lossy(&output.stdout);
    let messages: String = stdout.lines().filter_map(rendered_message).collect();
    if output.status.success() && messages.is_empty() {
        return Ok(None);
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    let cargo_error = if output.status.success() { "" } else { stderr.as_ref() };
    Ok(Some(format!("with {}:\n{messages}{cargo_error}", set_title(set))))
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
    fn no_feature_and_each_feature_of_users_are_checked_but_no_internal_one_alone() {
        let sets = sets_to_check().unwrap();
        assert!(sets.contains("") && sets.contains("s3") && sets.contains("idempotency,local"));
        assert!(!sets.iter().any(|it| it.starts_with('_')), "{sets:?}");
        assert!(!sets.contains("default"), "{sets:?}");
    }

    #[test]
    fn a_set_is_two_features_or_more_within_one_condition() {
        let source = r#"
            #[cfg(all(feature = "b", feature = "a"))]
            #[cfg(all(feature = "a", debug_assertions))]
            #[cfg(any(test, all(feature = "c", not(test), feature = "b")))]
        "#;
        assert_eq!(sets_of_source(source).collect::<Vec<_>>(), ["a,b"]);
    }

    #[test]
    fn only_compiler_messages_are_shown() {
        let warning = r#"{"reason":"compiler-message","message":{"level":"warning","rendered":"warning: unused\n"}}"#;
        assert_eq!(rendered_message(warning).as_deref(), Some("warning: unused\n"));
        assert_eq!(rendered_message(r#"{"reason":"compiler-artifact","fresh":true}"#), None);
        assert_eq!(rendered_message("no JSON"), None);
    }
}
